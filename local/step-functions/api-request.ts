import { ApiError } from './api-errors.ts';
import { exceedsPayloadLimit, isObject, type Json } from './json.ts';

/** The parameters of an API call, read with the checks that every call needs. */
export interface ApiRequest {
  text(field: string): string;
  optionalText(field: string): string | undefined;
  /** A structure within the request. */
  object(field: string): { readonly [key: string]: unknown } | undefined;
  flag(field: string): boolean;
  /** An ARN, of the kind that `pattern` names. */
  arn(field: string, kind: 'stateMachine' | 'execution'): string;
  /** A page: how many items after which offset. */
  page(): { readonly offset: number; readonly limit: number };
  /** JSON in a text field, within the limit of a payload; `errorName` is raised otherwise. */
  payload(field: string, errorName: string, fallback?: string): Json;
}

const DEFAULT_PAGE = 100;
const LONGEST_PAGE = 1_000;

/** Reads a request's body. */
export function apiRequest(body: unknown): ApiRequest {
  const fields = isObject(body) ? body : {};
  const optionalText = (field: string): string | undefined => {
    const value = fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw new ApiError('SerializationException', `${field} must be a string`);
    return value;
  };
  const text = (field: string): string => {
    const value = optionalText(field);
    if (value === undefined || value === '') {
      throw new ApiError(
        'ValidationException',
        `1 validation error detected: Value null at '${field}' failed to satisfy constraint: Member must not be null`,
      );
    }
    return value;
  };
  return {
    text,
    optionalText,
    object: (field) => {
      const value = fields[field];
      return isObject(value) ? value : undefined;
    },
    flag: (field) => fields[field] === true,
    arn: (field, kind) => {
      const arn = text(field);
      const form = new RegExp(`^arn:[^:]+:states:[^:]+:\\d{12}:${kind}:[^:]+${kind === 'execution' ? ':[^:]+' : ''}$`);
      if (!form.test(arn)) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
      return arn;
    },
    page: () => {
      const wanted = typeof fields.maxResults === 'number' ? fields.maxResults : 0;
      const token = optionalText('nextToken');
      const offset = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString('utf8'));
      if (!Number.isSafeInteger(offset) || offset < 0) {
        throw new ApiError('InvalidToken', `Invalid Token: '${String(token)}'`);
      }
      return { offset, limit: wanted === 0 ? DEFAULT_PAGE : Math.min(wanted, LONGEST_PAGE) };
    },
    payload: (field, errorName, fallback) => {
      const value = optionalText(field) ?? fallback ?? text(field);
      if (exceedsPayloadLimit(value)) {
        throw new ApiError(errorName, `${field} is longer than the limit of 262144 bytes`);
      }
      try {
        return JSON.parse(value) as Json;
      } catch {
        throw new ApiError(errorName, `${field} is not valid JSON`);
      }
    },
  };
}

/** A page of an answer: its items, and the token of the next page when there is one. */
export function paged<T>(found: readonly T[], { offset, limit }: { readonly offset: number; readonly limit: number }) {
  const more = found.length > limit;
  return {
    items: found.slice(0, limit),
    ...(more ? { nextToken: Buffer.from(String(offset + limit)).toString('base64url') } : {}),
  };
}

/** A moment as AWS's JSON protocol writes it: seconds since the epoch. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
