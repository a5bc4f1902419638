/** What a browser would send of the first form of a page if nobody changed anything. */

/** Values by name: of text, hidden fields, areas and choices, and of the boxes that are ticked. */
export function formFields(page: string): Record<string, string> {
  const form = page.slice(page.indexOf('<form'), page.indexOf('</form>'));
  const inputs = [...form.matchAll(/<input ([^>]*?)\/?>/g)].flatMap(([, attributes = '']) => {
    const name = attribute(attributes, 'name');
    const isLeftOut = attributes.includes('type="checkbox"') && !/\schecked\b/.test(attributes);
    return name === undefined || isLeftOut ? [] : [[name, attribute(attributes, 'value') ?? ''] as const];
  });
  const areas = [...form.matchAll(/<textarea ([^>]*)>([^<]*)<\/textarea>/g)].map(
    ([, attributes = '', text = '']) => [attribute(attributes, 'name') ?? '', plain(text)] as const,
  );
  const choices = [...form.matchAll(/<select ([^>]*)>(.*?)<\/select>/gs)].map(([, attributes = '', options = '']) => {
    const chosen = [...options.matchAll(/<option ([^>]*)>/g)].find(([, option = '']) => /\bselected\b/.test(option));
    return [attribute(attributes, 'name') ?? '', attribute(chosen?.[1] ?? '', 'value') ?? ''] as const;
  });
  return Object.fromEntries([...inputs, ...areas, ...choices]);
}

function attribute(attributes: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1];
  return value === undefined ? undefined : plain(value);
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
