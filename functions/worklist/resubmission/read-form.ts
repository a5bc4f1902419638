/** What the form of a document sends: the document as the page showed it, and what was written into its fields. */
import { createHash } from 'node:crypto';
import { nestingOf } from '../../intake/domain/nesting.ts';
import { MAX_BODY_BYTES } from '../../intake/receive-event.ts';
import { type Filed, filedSchema } from '../../requests/domain/request.ts';
import { changedDocument, type DocumentForm } from './document-form.ts';

/** Names of fields that no document has: those of a document are letters. */
export const DOCUMENT_FIELD = '=document';
export const VERSION_FIELD = '=version';
export const FORM_KEY_FIELD = '=form';
export const REMOVE_FIELD = '=remove';

/** As the webhook takes them. */
const MAX_NESTING = 32;
/** A document as large as the webhook takes it, twice, and each byte of it as the three that forms write. */
export const MAX_FORM_BYTES = 6 * MAX_BODY_BYTES;

/** Undefined: the form is not one that the page showed. `too-large`: the webhook would not take the document either. */
export function readDocument(form: DocumentForm, sent: URLSearchParams): Filed | 'too-large' | undefined {
  const shown = sent.get(DOCUMENT_FIELD) ?? '';
  const document = nestingOf(shown) > MAX_NESTING ? undefined : filedSchema.safeParse(jsonOf(shown)).data;
  if (document === undefined) {
    return undefined;
  }
  const changed = changedDocument(form, document, sent, sent.getAll(REMOVE_FIELD));
  return Buffer.byteLength(JSON.stringify(changed)) > MAX_BODY_BYTES ? 'too-large' : changed;
}

/** 0, which no version is, where the form says none. */
export function versionIn(sent: URLSearchParams): number {
  const version = sent.get(VERSION_FIELD) ?? '';
  return /^\d{1,6}$/.test(version) ? Number(version) : 0;
}

/** The same for the same form with the same content: sent twice it counts once. */
export function keyOfForm(sent: URLSearchParams): string {
  return createHash('sha256').update(sent.toString()).digest('hex');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
