/** Files by the API: those of a task, the form by which one is added, where one is to be had; and the form of a receipt. */
import type * as z from 'zod';
import { type PersonalTask, viewInPerson } from '../../approvals/act-in-person.ts';
import type { DecisionDeps } from '../../approvals/decision-deps.ts';
import { uploadFormFor } from '../../approvals/upload-form.ts';
import type { DecisionView } from '../../approvals/view-decision.ts';
import {
  type AttachmentFiles,
  DOWNLOAD_MINUTES,
  FORM_MINUTES,
  MAX_FILE_BYTES,
  type UploadForm,
} from '../../attachments/port.ts';
import { noteRead } from '../../audit/note-read.ts';
import { receiptForm } from '../../expenses/receipts/receipt-upload.ts';
import type { ApiContext } from './caller.ts';
import { invalid, problem, refused } from './problems.ts';
import * as contract from './schemas.ts';

export interface TaskFilesDeps extends DecisionDeps {
  readonly files: AttachmentFiles;
}

/** What the caller may read. */
export async function listFiles(deps: TaskFilesDeps, context: ApiContext, asked: PersonalTask): Promise<Response> {
  const view = await viewOfCaller(deps, context, asked);
  if (view instanceof Response) {
    return view;
  }
  const { attachments: files, tasks } = view;
  return context.json(contract.fileList.parse({ files, canAttach: tasks.attachRefusal === undefined }));
}

/** Signed for the caller and what they are asked now; whether the file counts is judged when it has arrived. */
export async function askForUpload(deps: TaskFilesDeps, context: ApiContext, asked: PersonalTask): Promise<Response> {
  const view = await viewOfCaller(deps, context, asked);
  if (view instanceof Response) {
    return view;
  }
  const { attachRefusal } = view.tasks;
  if (attachRefusal !== undefined) {
    return refused(context, attachRefusal, 'a file would not count now');
  }
  return context.json(contract.uploadForm.parse(formAnswer(deps, await uploadFormFor(deps, view.link))));
}

/** For a claim that the caller will file; whether the file is fit is judged when it has arrived. */
export async function askForReceiptUpload(deps: TaskFilesDeps, context: ApiContext): Promise<Response> {
  const { fileId, form } = await receiptForm(deps, context.get('caller'));
  return context.json(contract.receiptUpload.parse({ fileId, ...formAnswer(deps, form) }));
}

function formAnswer(deps: TaskFilesDeps, { action, fields }: UploadForm): z.input<typeof contract.uploadForm> {
  return {
    ...{ action, fields, fileField: 'file', maxBytes: MAX_FILE_BYTES },
    expiresAt: inMinutes(deps, FORM_MINUTES),
  };
}

/** A guessed id, and one of another task, are not there. */
export async function giveFile(
  deps: TaskFilesDeps,
  context: ApiContext,
  asked: PersonalTask,
  fileId: string,
): Promise<Response> {
  const id = contract.filePath.shape.fileId.safeParse(fileId);
  if (!id.success) {
    return invalid(context, id.error);
  }
  const view = await viewInPerson(deps, asked);
  const file = view?.attachments.find((one) => one.fileId === id.data);
  if (file === undefined) {
    return problem(context, 'not-found');
  }
  const reader = { kind: 'person', id: asked.employeeId } as const;
  await noteRead(deps, { processId: asked.processId, reader, what: 'file', fileId: id.data });
  const place = { ...file, processId: file.folder ?? asked.processId };
  const url = await deps.files.downloadUrl(place, file.name ?? file.fileId);
  return context.json(contract.fileAddress.parse({ url, expiresAt: inMinutes(deps, DOWNLOAD_MINUTES) }));
}

async function viewOfCaller(
  deps: TaskFilesDeps,
  context: ApiContext,
  asked: PersonalTask,
): Promise<DecisionView | Response> {
  const query = contract.taskQuery.safeParse(context.req.query());
  if (!query.success) {
    return invalid(context, query.error);
  }
  return (await viewInPerson(deps, asked, query.data.level)) ?? problem(context, 'not-found');
}

function inMinutes({ clock }: TaskFilesDeps, minutes: number): string {
  return new Date(clock.now().getTime() + minutes * 60_000).toISOString();
}
