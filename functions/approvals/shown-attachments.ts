/** Which files of a process somebody may read, and what they see of each. */
import type { PersonalValues } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { listApprovals } from './approval-store.ts';
import type { ApprovalState, Attachment } from './domain/approval-state.ts';
import { partOf } from './domain/part-of.ts';
import type { Question } from './links.ts';

/** A file that somebody added. */
export interface ShownAttachment {
  readonly fileId: string;
  /** Undefined: it was erased with the other personal values. */
  readonly name?: string;
  readonly by: string;
  readonly at: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The earlier version of what is asked for to which it was added. */
  readonly version?: number;
  /** Where it is kept, if not with its process. */
  readonly folder?: string;
}

type ReadableAttachment = Attachment & Pick<ShownAttachment, 'version'>;

/**
 * Files of the approval, after those of the versions before, about which the same was asked. None for whoever has nothing
 * to do with the approval any more, such as somebody whose task is another's now.
 * @param before - the approvals of earlier versions, as far as the person may see them
 */
export function attachmentsFor(
  { employeeId }: Pick<Question, 'employeeId'>,
  approval: ApprovalState,
  before: readonly ApprovalState[],
): readonly ReadableAttachment[] {
  if (partOf(approval, employeeId) === undefined) {
    return [];
  }
  const earlier = before
    .filter(({ plan }) => plan.subject === approval.plan.subject)
    .flatMap(({ plan: { documentVersion: version }, attachments }) => attachments.map((one) => ({ ...one, version })))
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return [...earlier, ...approval.attachments];
}

/** Files of the document itself, for whoever may read those of its approval. */
export function documentFilesFor(approval: ApprovalState, employeeId: string): readonly ShownAttachment[] {
  const { files = [], requesterName: by = '' } = approval.plan.document;
  return partOf(approval, employeeId) === undefined ? [] : files.map((file) => ({ ...file, by }));
}

/** Which of the files of a request it is, for whoever asked for it; undefined: it is not theirs, or there is none. */
export async function fileOfOwnRequest(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  {
    processId,
    requesterId,
    fileId,
  }: { readonly processId: string; readonly requesterId: string; readonly fileId: string },
): Promise<ShownAttachment | undefined> {
  if ((await readHead(store, processId))?.requesterId !== requesterId) {
    return undefined;
  }
  const all = (await listApprovals(store, processId)).flatMap(({ attachments }) => attachments);
  const found = all.filter((one) => one.fileId === fileId);
  const [file] =
    found.length === 0 ? [] : await describeAttachments(directory, found, await store.readPersonal(processId));
  return file;
}

/** With the names of files and people. */
export function describeAttachments(
  directory: Directory,
  attachments: readonly ReadableAttachment[],
  personal: readonly PersonalValues[],
): Promise<readonly ShownAttachment[]> {
  return Promise.all(
    attachments.map(async ({ fileId, mediaType, bytes, at, employeeId, sequence, version }) => {
      const name = personal.find((values) => values.sequence === sequence)?.values.fileName;
      const by = await nameOf(directory, employeeId);
      return {
        ...{ fileId, mediaType, bytes, at, by },
        ...(name === undefined ? {} : { name }),
        ...(version === undefined ? {} : { version }),
      };
    }),
  );
}

/** An employee id where the directory knows no name. */
export async function nameOf(directory: Directory, employeeId: string): Promise<string> {
  return (await directory.person(employeeId))?.name ?? employeeId;
}
