/**
 * `npm run openapi`: writes docs/openapi.json, the contract of the API, from the schemas by which the API itself parses
 * and answers.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import * as contract from '../../functions/worklist/api/schemas.ts';

export const OPENAPI_FILE = join(import.meta.dirname, '../../docs/openapi.json');

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: contract.problem } },
});

const json = (description: string, schema: z.ZodType) => ({ description, content: { 'application/json': { schema } } });

const ALWAYS: ZodOpenApiResponsesObject = {
  401: { description: 'There is no valid token. The answer is of API Gateway, and no problem of RFC 9457.' },
  403: problem('The token names no active person of the directory; or the action is not for the caller to do.'),
  500: problem('Something failed: nothing has happened that a further answer would not show.'),
};
const INVALID = { 400: problem('The request is not as the contract has it: `errors` names everything.') };
const NOT_FOUND = { 404: problem("There is no such task, or it is none of the caller's business.") };

/** The document, in the words of OpenAPI 3.1. */
export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Meridian',
      version: '1',
      description:
        "Tasks and requests of whoever the token names, for an OA's own task list. The token is the ID token of the company's sign-in.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The address of the pages: output `PagesUrl` of the stack.' }],
    security: [{ idToken: [] }],
    components: {
      securitySchemes: { idToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    paths: {
      '/api/v1/tasks': {
        get: {
          operationId: 'listTasks',
          summary: 'What the caller is asked now',
          requestParams: { query: contract.tasksQuery },
          responses: { 200: json('A page of open tasks.', contract.taskList), ...INVALID, ...ALWAYS },
        },
      },
      '/api/v1/tasks/{processId}/{approvalId}': {
        get: {
          operationId: 'readTask',
          summary: 'Everything that a decision needs, and what would count now',
          requestParams: { path: contract.taskPath, query: contract.taskQuery },
          responses: { 200: json('The task.', contract.task), ...INVALID, ...ALWAYS, ...NOT_FOUND },
        },
      },
      '/api/v1/tasks/{processId}/{approvalId}/actions': {
        post: {
          operationId: 'actOnTask',
          summary: 'Decide, or do something else about a task',
          requestParams: {
            path: contract.taskPath,
            header: z.object({ 'Idempotency-Key': contract.idempotencyKey }),
          },
          requestBody: { required: true, content: { 'application/json': { schema: contract.action } } },
          responses: {
            200: json(
              'It counts, and is in the record. Sent again under its key, it is answered from what was kept.',
              contract.actionResult,
            ),
            ...INVALID,
            ...ALWAYS,
            ...NOT_FOUND,
            409: problem('It does not count as things stand, such as what others have decided meanwhile.'),
            410: problem('The time to decide is over.'),
            413: problem('The request is too large.'),
            422: problem(
              'It cannot count as it is: a comment or a person is missing, or its key was used for another action.',
            ),
            429: problem('Too many attempts of the caller did not count; `Retry-After` says when to come again.'),
            503: problem('Others changed the same thing at the same time: send it again under the same key.'),
          },
        },
      },
      '/api/v1/tasks/{processId}/{approvalId}/files': {
        get: {
          operationId: 'listFiles',
          summary: 'Files that people added, those of earlier versions among them',
          requestParams: { path: contract.taskPath, query: contract.taskQuery },
          responses: {
            200: json('What the caller may read: nothing once the task is none of their business.', contract.fileList),
            ...INVALID,
            ...ALWAYS,
            ...NOT_FOUND,
          },
        },
        post: {
          operationId: 'askForUpload',
          summary: 'Ask for the form by which the caller adds one file to what they are asked now',
          description:
            'Nothing is kept by it. The form goes straight to the store of files, which answers 204. Whether the file counts is judged once it has arrived: it is listed then, or its sender gets a mail that says why not.',
          requestParams: { path: contract.taskPath, query: contract.taskQuery },
          responses: {
            200: json('The form.', contract.uploadForm),
            ...INVALID,
            ...ALWAYS,
            ...NOT_FOUND,
            409: problem('A file would not count as things stand.'),
            410: problem('The time to decide is over.'),
          },
        },
      },
      '/api/v1/tasks/{processId}/{approvalId}/files/{fileId}': {
        get: {
          operationId: 'giveFile',
          summary: 'Where a file is to be had for some minutes',
          requestParams: { path: contract.filePath },
          responses: {
            200: json('An address that gives the file.', contract.fileAddress),
            ...INVALID,
            ...ALWAYS,
            404: problem("There is no such file, or it is none of the caller's business."),
          },
        },
      },
      '/api/v1/receipt-files': {
        post: {
          operationId: 'askForReceiptUpload',
          summary:
            "Ask for the form by which the file of one of the caller's receipts is sent, before the claim is filed",
          description:
            'Nothing is kept by it. The form goes straight to the store of files, which answers 204. A PDF, JPEG, PNG, XML or OFD is taken, as its content says; the first one that comes by a form. A claim that names a file that was not taken is returned.',
          responses: { 200: json('The form, and the id of the file.', contract.receiptUpload), ...ALWAYS },
        },
      },
      '/api/v1/copies': {
        get: {
          operationId: 'listCopies',
          summary: 'What others let the caller know of; a task is read in the same way, and nothing counts on it',
          requestParams: { query: contract.copiesQuery },
          responses: { 200: json('A page of approvals.', contract.copyList), ...INVALID, ...ALWAYS },
        },
      },
      '/api/v1/requests': {
        get: {
          operationId: 'listRequests',
          summary: 'What the caller asked for, how far it has come and who has it now',
          requestParams: { query: contract.requestsQuery },
          responses: { 200: json('A page of requests.', contract.requestList), ...INVALID, ...ALWAYS },
        },
      },
      '/api/v1/requests/{processId}/urge': {
        post: {
          operationId: 'urge',
          summary: 'Urge those who have a request of the caller now',
          requestParams: {
            path: contract.requestPath,
            header: z.object({ 'Idempotency-Key': contract.idempotencyKey }),
          },
          responses: {
            200: json('They get a mail. Sent again under its key, nobody gets another one.', contract.urgeResult),
            ...INVALID,
            ...ALWAYS,
            404: problem('There is no such request, or it is somebody else’s.'),
            409: problem(
              'Nobody is asked now (`nobody-asked`), or they were urged a short time ago (`urged-already`).',
            ),
            422: problem('The key was used for another action.'),
            429: problem('Too many attempts of the caller did not count; `Retry-After` says when to come again.'),
            503: problem('Others changed the same thing at the same time: send it again under the same key.'),
          },
        },
      },
    },
  });
}

/** The text of the file. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

if (import.meta.main) {
  writeFileSync(OPENAPI_FILE, openApiText());
}
