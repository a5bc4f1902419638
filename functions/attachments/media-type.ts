/** What a file is, as its content says; names and what browsers claim prove nothing. */
import { fileTypeFromBuffer } from 'file-type';

/** What approvers send each other, by media type (IANA). No format that a browser runs, such as HTML or SVG. */
const TAKEN: readonly string[] = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/heic',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
];

/** Undefined: it is nothing that is taken, or is damaged. */
export function takenMediaType(content: Uint8Array): Promise<string | undefined> {
  return mediaTypeAmong(TAKEN, content);
}

/** Undefined: it is of another kind, or damaged. */
export async function mediaTypeAmong(types: readonly string[], content: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  return found !== undefined && types.includes(found.mime) ? found.mime : undefined;
}
