import { ApiError, violation } from './api-errors.ts';
import { type MachineReference, machineReference } from './arns.ts';
import { exceedsPayloadLimit, isObject, type Json, PAYLOAD_LIMIT_BYTES } from './json.ts';
import { pageToken, positionIn } from './page-tokens.ts';

/** A page that a call asks for. */
export interface Page {
  /** Where it begins: 0, or what the token of the page before says. */
  readonly position: number;
  readonly limit: number;
  /** Made for the page that begins at another position. */
  token(position: number): string;
}

/** The parameters of an API call, read with the checks that every call needs. */
export interface ApiRequest {
  text(field: string, limit?: number): string;
  optionalText(field: string, limit?: number): string | undefined;
  /** One of some words. */
  choice<T extends string>(field: string, words: readonly T[]): T | undefined;
  /** A structure within the request. */
  object(field: string): { readonly [key: string]: unknown } | undefined;
  flag(field: string): boolean;
  /** As {@link flag}, with undefined for one that is not given. */
  optionalFlag(field: string): boolean | undefined;
  /** A list, each of its members an object. */
  list(field: string): readonly { readonly [key: string]: unknown }[] | undefined;
  texts(field: string): readonly string[];
  /** The ARN of an execution. */
  executionArn(): string;
  /** The ARN of a machine, or of a version or alias of one. */
  machine(field?: string): MachineReference;
  page(): Page;
  /** JSON in a text field, within the limit of a payload; `invalid` makes the error for what is no JSON. */
  payload(field: string, invalid: (reason: string) => ApiError, fallback?: string): Json;
}

const DEFAULT_PAGE = 100;
const LONGEST_PAGE = 1_000;

/** Reads a request's body. */
export function apiRequest(action: string, body: unknown, now: number): ApiRequest {
  const fields = isObject(body) ? body : {};
  const { text, optionalText, optionalFlag, list } = plainFields(fields);
  return {
    text,
    optionalText,
    object: (field) => {
      const value = fields[field];
      return isObject(value) ? value : undefined;
    },
    choice: (field, words) => {
      const value = optionalText(field);
      const word = words.find((candidate) => candidate === value);
      if (value !== undefined && word === undefined) {
        throw violation(field, value, `Member must satisfy enum value set: [${words.join(', ')}]`);
      }
      return word;
    },
    flag: (field) => optionalFlag(field) === true,
    optionalFlag,
    list: (field) =>
      list(field)?.map((member) => {
        if (!isObject(member)) throw new ApiError('SerializationException', `${field} must hold objects`);
        return member;
      }),
    texts: (field) => {
      const members = list(field);
      if (members === undefined) throw missing(field);
      return members.map(String);
    },
    executionArn: () => {
      const arn = text('executionArn');
      if (/^arn:[^:]+:states:[^:]+:\d{12}:execution:[^:]+:[^:]+$/.test(arn)) return arn;
      throw invalidArn(arn);
    },
    machine: (field = 'stateMachineArn') => {
      const arn = text(field);
      const reference = machineReference(arn);
      if (reference === undefined) throw invalidArn(arn);
      return reference;
    },
    page: () => {
      const { nextToken, maxResults, ...rest } = fields;
      const call = JSON.stringify([action, Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
      const token = optionalText('nextToken');
      return {
        limit: pageLimit(maxResults),
        position: token === undefined ? 0 : positionIn(token, call, now),
        token: (position) => pageToken(position, call, now),
      };
    },
    payload: (field, invalid, fallback) => {
      const value = optionalText(field) ?? fallback ?? text(field);
      if (exceedsPayloadLimit(value)) {
        throw violation(field, value, `Member must have length less than or equal to ${PAYLOAD_LIMIT_BYTES}`);
      }
      try {
        return JSON.parse(value) as Json;
      } catch (error) {
        throw invalid(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** The fields that are what they are: texts, flags and lists, as AWS's model refuses others. */
function plainFields(fields: Readonly<Record<string, unknown>>) {
  const optionalText = (field: string, limit = Number.POSITIVE_INFINITY): string | undefined => {
    const value = fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw new ApiError('SerializationException', `${field} must be a string`);
    if (value.length > limit) {
      throw violation(field, value, `Member must have length less than or equal to ${limit}`);
    }
    return value;
  };
  const text = (field: string, limit?: number): string => {
    const value = optionalText(field, limit);
    if (value === undefined) throw missing(field);
    if (value === '') throw violation(field, '', 'Member must have length greater than or equal to 1');
    return value;
  };
  const optionalFlag = (field: string): boolean | undefined => {
    const value = fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') throw new ApiError('SerializationException', `${field} must be true or false`);
    return value;
  };
  const list = (field: string): readonly unknown[] | undefined => {
    const value = fields[field];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw new ApiError('SerializationException', `${field} must be a list`);
    return value;
  };
  return { text, optionalText, optionalFlag, list };
}

function pageLimit(wanted: unknown): number {
  if (wanted === undefined || wanted === null || wanted === 0) return DEFAULT_PAGE;
  if (typeof wanted !== 'number' || !Number.isInteger(wanted)) {
    throw new ApiError('SerializationException', 'maxResults must be an integer');
  }
  if (wanted < 0) throw violation('maxResults', wanted, 'Member must have value greater than or equal to 0');
  if (wanted > LONGEST_PAGE) {
    throw violation('maxResults', wanted, `Member must have value less than or equal to ${LONGEST_PAGE}`);
  }
  return wanted;
}

/** AWS's error for a parameter that must be there. */
export function missing(field: string): ApiError {
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value null at '${field}' failed to satisfy constraint: Member must not be null`,
  );
}

/** AWS tells an ARN of another resource from a text that is no ARN of Step Functions. */
function invalidArn(arn: string): ApiError {
  const type = /^arn:[^:]+:states:[^:]+:\d{12}:(?<type>[A-Za-z]+):.+$/.exec(arn)?.groups?.type;
  const reason = type === undefined ? `Invalid ARN prefix: ${arn}` : `Resource type not valid in this context: ${type}`;
  return new ApiError('InvalidArn', `Invalid Arn: '${reason}'`);
}

/**
 * A page of an answer: its items, and the token of the next page when there is one.
 *
 * @param found - one more than the page holds, where there are more
 * @param positionAfter - where the next page begins, after the last item of this one; default: an offset
 */
export function paged<T>(
  found: readonly T[],
  page: Page,
  positionAfter: (last: T) => number = () => page.position + page.limit,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  return found.length > page.limit && last !== undefined
    ? { items, nextToken: page.token(positionAfter(last)) }
    : { items };
}

/** A moment as AWS's JSON protocol writes it: seconds since the epoch. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
