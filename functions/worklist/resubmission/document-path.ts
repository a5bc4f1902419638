/** Values within what was filed, which nobody has checked: whatever is not there, or of another shape, is none. Pure. */
import type { Json } from '../../audit/domain/canonical-json.ts';
import type { Filed } from '../../requests/domain/request.ts';

export type Path = readonly (string | number)[];

type Fields = { readonly [key: string]: Json | undefined };

export function valueAt(document: Filed, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (typeof key === 'number' ? listOf(value)[key] : own(value, key)),
    document,
  );
}

/** Items of a list; none of what is no list. */
export function itemsAt(document: Filed, path: Path): readonly Json[] {
  return listOf(valueAt(document, path));
}

/** Undefined takes the value out. An item of a list that is not there yet comes to its end. */
export function withValue(document: Filed, path: Path, value: Json | undefined): Filed {
  const [key, ...rest] = path;
  return typeof key === 'string' ? withField(document, key, changed(document[key], rest, value)) : document;
}

/** Lists without some of their items; those of one list are named in its order. */
export function withoutItems(document: Filed, items: readonly Path[]): Filed {
  // From the last one on: the places of those before it stay what they are.
  return items.reduceRight((whole, item) => {
    const list = item.slice(0, -1);
    return withValue(
      whole,
      list,
      itemsAt(whole, list).filter((_, index) => index !== item.at(-1)),
    );
  }, document);
}

function changed(whole: Json | undefined, [key, ...rest]: Path, value: Json | undefined): Json | undefined {
  if (key === undefined) {
    return value;
  }
  if (typeof key === 'string') {
    return withField(fieldsOf(whole), key, changed(own(whole, key), rest, value));
  }
  const list = listOf(whole);
  return [...list.slice(0, key), changed(list[key], rest, value) ?? null, ...list.slice(key + 1)];
}

function withField(fields: Fields, key: string, value: Json | undefined): Filed {
  const others = Object.entries(fields).flatMap(([name, other]) =>
    name === key || other === undefined ? [] : [[name, other] as const],
  );
  return Object.fromEntries(value === undefined ? others : [...others, [key, value] as const]);
}

function own(value: Json | undefined, key: string): Json | undefined {
  return Object.hasOwn(fieldsOf(value), key) ? fieldsOf(value)[key] : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function fieldsOf(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
}
