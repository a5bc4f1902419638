/** A file that somebody added to a task has arrived: it is checked, kept and recorded, or refused and forgotten. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { takenMediaType } from '../attachments/media-type.ts';
import type { ArrivedFile, AttachmentFiles } from '../attachments/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { type AttemptResult, actOnApproval } from './act-on-approval.ts';
import { refusalEntry } from './approval-entries.ts';
import { fileRefusedMail } from './approval-mails.ts';
import { readApprovalItem } from './approval-store.ts';
import type { DecisionDeps } from './decision-deps.ts';
import type { TaskCommand } from './domain/approval-commands.ts';
import { countGuess, type GuessDeps, isGuessStopped } from './guesses.ts';

export interface KeepFileDeps extends DecisionDeps, GuessDeps {
  readonly files: AttachmentFiles;
}

/** Who adds a file to what: the context of the upload's form. */
export const uploadContext = z.object({
  processId: z.string().min(1),
  approvalId: z.string().min(1),
  /** Index of the level that the person was asked about. */
  level: z.int().min(0),
  round: z.int().min(0),
  documentVersion: z.int().min(1),
  /** Employee id. */
  by: z.string().min(1),
  via: z.enum(['link', 'signed-in', 'api']),
});

type AttachCommand = Extract<TaskCommand, { kind: 'attach' }>;
export type UploadContext = z.infer<typeof uploadContext>;

/**
 * Safe to repeat: the same arrival is the same file. Whoever sent what is refused gets a mail that says why. Refusals are
 * written to the record: they are counted, and after too many of one person their files of the same minute are forgotten
 * unjudged, so that nobody fills the record (or a mailbox) by repeating one.
 * @param key - of the arrived file
 * @throws ConnectorTransientError, ConcurrencyError: the file stays where it arrived, and the message comes back.
 */
export async function keepFile(deps: KeepFileDeps, key: string): Promise<'kept' | 'refused' | 'gone'> {
  const arrived = await deps.files.readArrived(key);
  if (arrived === undefined) {
    return 'gone';
  }
  const context = uploadContext.parse(JSON.parse(arrived.context));
  // Apart from the person's attempts to decide: who got hold of a link shall not stop its owner by sending files.
  const counter = `files of person ${context.by}`;
  if (await isGuessStopped(deps, counter)) {
    await deps.files.discard(key);
    return 'refused';
  }
  const result = await judge(deps, key, arrived, context);
  if (result.kind === 'refused') {
    await countGuess(deps, counter);
  }
  await deps.files.discard(key);
  return result.kind === 'refused' ? 'refused' : 'kept';
}

async function judge(
  deps: KeepFileDeps,
  key: string,
  arrived: ArrivedFile,
  context: UploadContext,
): Promise<AttemptResult> {
  const mediaType = await takenMediaType(arrived.content);
  const command = commandFor(context, key, arrived, mediaType ?? 'application/octet-stream');
  return mediaType === undefined
    ? refuseContent(deps, context, command)
    : attachKept(deps, context, command, arrived.content);
}

/** Kept first: what the record names is there. A file that came before is never refused, so what is removed is not named. */
async function attachKept(
  deps: KeepFileDeps,
  context: UploadContext,
  command: AttachCommand,
  content: Uint8Array,
): Promise<AttemptResult> {
  const kept = { ...context, ...command.file };
  await deps.files.keep(kept, content);
  const result = await actOnApproval(deps, { ...context, command, also: [] });
  if (result.kind === 'refused') {
    await deps.files.remove(kept);
  }
  return result;
}

function commandFor(
  { by, level, round, documentVersion, via }: UploadContext,
  key: string,
  { name: fileName, content }: ArrivedFile,
  mediaType: string,
): AttachCommand {
  const digest = createHash('sha256').update(content).digest('hex');
  const fileId = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const file = { fileId, mediaType, bytes: content.byteLength, digest };
  return { kind: 'attach', file, fileName, comment: '', by, level, round, documentVersion, via };
}

/** What it is said to be cannot be known before it is read: this refusal comes before the approval's own. */
function refuseContent(
  deps: KeepFileDeps,
  { processId, approvalId }: UploadContext,
  command: AttachCommand,
): Promise<AttemptResult> {
  const refused = {
    kind: 'refused',
    refusal: 'unfit-file',
    message: 'the content is of no kind that is taken',
  } as const;
  return updateProcess<unknown, AttemptResult>(deps, processId, async () => {
    const { value: state } = await readApprovalItem(deps.store, processId, approvalId);
    const effects = fileRefusedMail(state, command, refused);
    return { change: { entries: [refusalEntry(state, { command }, refused)], effects }, output: refused };
  });
}
