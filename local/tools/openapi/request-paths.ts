/** Operations about what the caller asked for. */
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import {
  ALWAYS,
  BUSY,
  body,
  INVALID,
  json,
  KEY,
  KEY_REUSED,
  NO_REQUEST,
  problem,
  TOO_LARGE,
  TOO_MANY,
} from './parts.ts';

export const REQUEST_PATHS: ZodOpenApiPathsObject = {
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
        ...KEY,
      },
      responses: {
        200: json('They get a mail. Sent again under its key, nobody gets another one.', contract.urgeResult),
        ...INVALID,
        ...ALWAYS,
        ...NO_REQUEST,
        409: problem('Nobody is asked now (`nobody-asked`), or they were urged a short time ago (`urged-already`).'),
        ...KEY_REUSED,
        ...TOO_MANY,
        ...BUSY,
      },
    },
  },
  '/api/v1/requests/{processId}/timeline': {
    get: {
      operationId: 'readTimeline',
      summary: 'The record of a process, verified',
      description:
        'For its requester, whoever is or was asked about it, operators and auditors; to whoever was copied there is none.',
      requestParams: { path: contract.requestPath },
      responses: {
        200: json('All of it.', contract.timeline),
        ...ALWAYS,
        404: problem("There is no such process, or it is none of the caller's business."),
      },
    },
  },
  '/api/v1/requests/{processId}/withdrawal': {
    post: {
      operationId: 'withdraw',
      summary: 'Take a request of the caller back, as an event of the OA would',
      description: 'It happens once, without a key: sent again, it gets the same answer.',
      requestParams: { path: contract.requestPath },
      requestBody: body(contract.withdrawal),
      responses: {
        200: json('It is withdrawn. The OA is told how it ended.', contract.withdrawalResult),
        ...INVALID,
        ...ALWAYS,
        ...NO_REQUEST,
        409: problem(
          'It is too late: `code` says why, such as `ended`, `goods-received`, `payment-requested` or `posted`.',
        ),
        ...TOO_LARGE,
        ...TOO_MANY,
        ...BUSY,
      },
    },
  },
  '/api/v1/requests/{processId}/resubmission': {
    post: {
      operationId: 'resubmit',
      summary: 'Send a request of the caller again that was returned to them, as an event of the OA would',
      description:
        'Taken when it was asked for. Whether it is complete is found by the checks of every request: what is wrong is told to the requester and the OA, field by field, and the version before stands.',
      requestParams: { path: contract.requestPath, ...KEY },
      requestBody: body(contract.resubmission),
      responses: {
        200: json('It is taken, to be checked.', contract.resubmissionResult),
        ...INVALID,
        ...ALWAYS,
        ...NO_REQUEST,
        409: problem(
          'It is not taken: `code` says why, such as `not-asked-for`, `other-version`, `too-late`, `too-often` or `ended`.',
        ),
        ...TOO_LARGE,
        ...KEY_REUSED,
        ...TOO_MANY,
        ...BUSY,
      },
    },
  },
  '/api/v1/requests/{processId}/early-return': {
    post: {
      operationId: 'comeBackEarlier',
      summary: 'End a leave of the caller earlier that has begun, as an event of the OA would',
      description: 'Whether somebody approves the earlier end first is said by the rules of its kind.',
      requestParams: { path: contract.requestPath, ...KEY },
      requestBody: body(contract.earlyReturn),
      responses: {
        200: json('It is taken: the ERP is told, or whoever approves it is asked.', contract.earlyReturnResult),
        ...INVALID,
        ...ALWAYS,
        ...NO_REQUEST,
        409: problem(
          'It is not taken: `code` says why, such as `not-begun`, `not-shorter`, `outside`, `being-decided` or `ended`.',
        ),
        ...TOO_LARGE,
        ...KEY_REUSED,
        ...TOO_MANY,
        ...BUSY,
      },
    },
  },
};
