/** Operations about tasks. */
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { ALWAYS, BUSY, body, INVALID, json, KEY, NOT_FOUND, problem, TOO_LARGE, TOO_MANY } from './parts.ts';

export const TASK_PATHS: ZodOpenApiPathsObject = {
  '/api/v1/tasks': {
    get: {
      operationId: 'listTasks',
      summary: 'What the caller is asked now, and what they may take over from those who are away',
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
        ...KEY,
      },
      requestBody: body(contract.action),
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
        ...TOO_LARGE,
        422: problem(
          'It cannot count as it is: a comment or a person is missing, or its key was used for another action.',
        ),
        ...TOO_MANY,
        ...BUSY,
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
      summary: "Ask for the form by which the file of one of the caller's receipts is sent, before the claim is filed",
      description:
        'Nothing is kept by it. The form goes straight to the store of files, which answers 204. A PDF, JPEG, PNG, XML or OFD is taken, as its content says; the first one that comes by a form. A claim that names a file that was not taken is returned.',
      responses: { 200: json('The form, and the id of the file.', contract.receiptUpload), ...ALWAYS },
    },
  },
  '/api/v1/decided': {
    get: {
      operationId: 'listDecided',
      summary:
        'What the caller decided, gave an opinion on or sent back, and what became of it; each is read as a task, and taken back there as long as nobody has acted because of it',
      requestParams: { query: contract.decidedQuery },
      responses: { 200: json('A page of approvals.', contract.decidedList), ...INVALID, ...ALWAYS },
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
};
