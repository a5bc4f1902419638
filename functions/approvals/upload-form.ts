/** The form by which somebody who is asked adds a file. */
import type { AttachmentFiles, UploadForm } from '../attachments/port.ts';
import type { Randomness } from '../runtime/ambient.ts';
import type { UploadContext } from './keep-file.ts';
import type { OpenedQuestion } from './links.ts';

export interface UploadFormDeps {
  readonly files: AttachmentFiles;
  readonly randomness: Randomness;
}

/**
 * Signed for the person, and for what they are asked. Whether the file counts is judged when it has arrived.
 * @param returnTo - where the browser goes then; undefined: nowhere
 */
export function uploadFormFor(
  { files, randomness }: UploadFormDeps,
  question: OpenedQuestion,
  returnTo?: string,
): Promise<UploadForm> {
  const { processId, approvalId, level, round, documentVersion, employeeId: by, via } = question;
  const terms: UploadContext = { processId, approvalId, level, round, documentVersion, by, via };
  return files.uploadForm({ uploadId: randomness.uuid(), context: JSON.stringify(terms), returnTo });
}
