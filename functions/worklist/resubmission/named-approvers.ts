/** Whom the requester chose to decide: by the names that the rules give them. Pure. */
import type { Filed } from '../../requests/domain/request.ts';
import type { FormPart } from './document-form.ts';
import { type Path, valueAt, withValue } from './document-path.ts';
import { FIELD_LABELS } from './words.ts';

const PLACES = ['approvers', 'fields'] as const;
const NAMED = /^(approvers|fields)\.([^.[\]]{1,64})$/u;

/** A field for each name that the document has. `places`: where names stand in it. */
export function namedApprovers(
  document: Filed,
  places: readonly (typeof PLACES)[number][] = PLACES,
): readonly FormPart[] {
  const fields = places.flatMap((place) =>
    namesAt(document, place).map((name) => ({
      path: [place, name],
      label: { en: name, zh: name },
      input: 'text' as const,
      maxLength: 200,
    })),
  );
  return fields.length === 0 ? [] : [{ title: FIELD_LABELS.approvers, fields }];
}

/** With the names that issues ask for, so that the form has a field for each. `wrong`: names of fields. */
export function withNamesAskedFor(document: Filed, wrong: readonly string[]): Filed {
  return wrong.reduce((whole, field) => {
    const [, place = '', name = ''] = NAMED.exec(field) ?? [];
    const path: Path = [place, name];
    return name === '' || valueAt(whole, path) !== undefined ? whole : withValue(whole, path, '');
  }, document);
}

function namesAt(document: Filed, place: string): readonly string[] {
  const named = valueAt(document, [place]);
  return typeof named === 'object' && named !== null && !Array.isArray(named) ? Object.keys(named) : [];
}
