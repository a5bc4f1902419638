import { isObject, type Json, type JsonObject } from '../json.ts';
import type { CalledService } from './catalogue.ts';

/** The arguments of a task as the SDK's client takes them. */
export function toParameters(args: Json, { name, service }: CalledService): unknown {
  const convert = (value: Json, key?: string): unknown => {
    // Recorded: S3 gets even a text as JSON, in quotation marks.
    if (name === 's3' && key === 'Body') return JSON.stringify(value);
    if (key !== undefined && service.texts?.includes(key)) return asText(value);
    if (Array.isArray(value)) return value.map((item) => convert(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([inner, item]) => [
        service.camelCase ? decapitalised(inner) : inner,
        convert(item as Json, inner),
      ]),
    );
  };
  return convert(args);
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The answer of the SDK's client as a state machine sees it: moments and bytes as texts, names capitalised. */
export async function fromAnswer(answer: unknown, { name, service }: CalledService): Promise<JsonObject> {
  const convert = async (value: unknown): Promise<Json | undefined> => {
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) {
      return Buffer.from(value).toString(name === 'dynamodb' ? 'base64' : 'utf8');
    }
    if (Array.isArray(value)) return Promise.all(value.map(async (item) => (await convert(item)) ?? null));
    if (typeof value === 'bigint') return String(value);
    if (!isObject(value)) return value as Json | undefined;
    if (typeof value.transformToString === 'function') {
      return String(await Reflect.apply(value.transformToString, value, ['utf8']));
    }
    return object(value);
  };
  const object = async (value: { readonly [key: string]: unknown }): Promise<JsonObject> => {
    const result: JsonObject = {};
    for (const [key, inner] of Object.entries(value)) {
      const converted = key === '$metadata' ? undefined : await convert(inner);
      if (converted !== undefined) result[service.camelCase ? capitalised(key) : key] = converted;
    }
    return result;
  };
  return isObject(answer) ? object(answer) : {};
}

function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function decapitalised(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
