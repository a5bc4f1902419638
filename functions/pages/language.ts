/** The two languages of everything that people see. */
export type Language = 'zh-CN' | 'en';

/** One thing to say, in both. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Written where words are listed: English first. */
export const both = (en: string, zh: string): Text => ({ en, zh });

export function say(text: Text, language: Language): string {
  return language === 'zh-CN' ? text.zh : text.en;
}

/** An explicit choice, such as `?lang=zh`; undefined: none that we know. */
export function chosenLanguage(choice: string | undefined): Language | undefined {
  const wanted = choice?.toLowerCase() ?? '';
  if (wanted.startsWith('zh')) {
    return 'zh-CN';
  }
  return wanted.startsWith('en') ? 'en' : undefined;
}

/** The first language of an Accept-Language header that we have; English otherwise. */
export function acceptedLanguage(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', weight = ''] = part.split(';').map((piece) => piece.trim());
    return { tag, weight: weight.startsWith('q=') ? Number(weight.slice(2)) : 1 };
  });
  const ordered = wanted.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight);
  return ordered.map(({ tag }) => chosenLanguage(tag)).find((language) => language !== undefined) ?? 'en';
}
