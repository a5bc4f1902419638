/**
 * What the demonstration's OA knows: the requests that its people filed, and every answer that it got back. Its receiver
 * does what docs/oa-callback.md asks of any OA's. It begins empty, as the local cloud does.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Hono } from 'hono';
import * as z from 'zod';
import { SIGNATURE_HEADER, TIMESTAMP_HEADER, verifySignature } from '../../functions/connectors/oa/signature.ts';
import { oaReferenceSchema } from '../../functions/events/envelope.ts';
import type { OfficeRequest } from '../../functions/events/office-request-submitted.ts';
import type { Requisition } from '../../functions/events/purchase-requisition-submitted.ts';

/** A request as the OA keeps it. */
export interface FiledRequest {
  readonly requestId: string;
  readonly requesterId: string;
  readonly requisition: Requisition;
  /** ISO 8601 in UTC, as all times here. */
  readonly filedAt: string;
  /** When its requester asked to take it back. */
  readonly withdrawnAt?: string;
}

/** A form that was filled in, as the OA keeps it. */
export interface FiledForm {
  readonly requestId: string;
  readonly requesterId: string;
  readonly request: OfficeRequest;
  /** What was typed, by the names of the form's inputs. */
  readonly typed: Readonly<Record<string, string>>;
  readonly filedAt: string;
}

const noticeSchema = z.object({
  messageId: z.string().min(1),
  oa: oaReferenceSchema,
  processId: z.string().min(1),
  sequence: z.int(),
  status: z.string().min(1),
  text: z.object({ en: z.string(), zh: z.string() }),
  facts: z.record(z.string(), z.json()),
  occurredAt: z.iso.datetime(),
});

/** An answer whose signature was verified. */
export interface OaAnswer extends z.infer<typeof noticeSchema> {
  readonly receivedAt: string;
}

export interface DemoOa {
  /** Has the route `POST /oa/callback`. */
  readonly app: Hono;
  /** Keeps a request; before its event is put, so that no answer can come for a request that nobody knows. */
  file(request: FiledRequest): void;
  /** The same of a form; under the same number it takes the place of the one before. */
  fileForm(request: FiledForm): void;
  /** Notes that the requester asked to take the request back. */
  noteWithdrawal(requestId: string): void;
  /** Newest first. */
  filed(): readonly FiledRequest[];
  /** Newest first. */
  filedForms(): readonly FiledForm[];
  /** In the order in which they came; answers that were dropped as repeated or outdated are not among them. */
  answersTo(requestId: string): readonly OaAnswer[];
}

interface DemoOaOptions {
  /** Undefined as long as nothing is deployed: what comes then is asked to come again. */
  readonly signingKey: () => string | undefined;
  /** JSON of all requests and answers, for whoever wants to see them after the portal has ended. */
  readonly file: string;
  readonly now?: () => Date;
}

export function createDemoOa({ signingKey, file, now = () => new Date() }: DemoOaOptions): DemoOa {
  const requests = new Map<string, FiledRequest>();
  const forms = new Map<string, FiledForm>();
  const answers: OaAnswer[] = [];
  const save = (): void => writeWhole(file, { requests: [...requests.values()], forms: [...forms.values()], answers });
  const keep = (request: FiledRequest): void => {
    requests.set(request.requestId, request);
    save();
  };

  const app = new Hono();
  app.post('/oa/callback', async (context) => {
    const key = signingKey();
    if (key === undefined) {
      return context.text('the OA does not have its signing key yet', 503);
    }
    // The signature is over the bytes, so they are checked before anything reads them as JSON.
    const rawBody = new Uint8Array(await context.req.arrayBuffer());
    const check = verifySignature({
      signingKey: key,
      timestamp: context.req.header(TIMESTAMP_HEADER),
      signature: context.req.header(SIGNATURE_HEADER),
      rawBody,
      now: now(),
    });
    if (check !== 'valid') {
      return context.text(check, 401);
    }
    const notice = noticeSchema.safeParse(jsonOf(rawBody));
    if (!notice.success) {
      return context.text(z.prettifyError(notice.error), 400);
    }
    if (isNews(answers, notice.data)) {
      answers.push({ ...notice.data, receivedAt: now().toISOString() });
      // On disk before the sender is told that it was taken.
      save();
    }
    return context.body(null, 204);
  });

  return {
    app,
    file: keep,
    fileForm(request) {
      forms.set(request.requestId, request);
      save();
    },
    noteWithdrawal(requestId) {
      const request = requests.get(requestId);
      if (request !== undefined) {
        keep({ ...request, withdrawnAt: now().toISOString() });
      }
    },
    filed: () => [...requests.values()].reverse(),
    filedForms: () => [...forms.values()].reverse(),
    answersTo: (requestId) => answers.filter(({ oa }) => oa.requestId === requestId),
  };
}

/** Neither taken before nor overtaken by a later message of its process. */
function isNews(taken: readonly OaAnswer[], notice: z.infer<typeof noticeSchema>): boolean {
  return !taken.some(
    ({ messageId, processId, sequence }) =>
      messageId === notice.messageId || (processId === notice.processId && sequence >= notice.sequence),
  );
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** A reader never finds half a file. */
function writeWhole(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(value, undefined, 2));
  renameSync(`${file}.new`, file);
}
