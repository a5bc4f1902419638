/** Operations of administrators. */
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { ALWAYS, body, INVALID, json, problem, TOO_LARGE } from './parts.ts';

const NO_PERSON = { 404: problem('The directory knows nobody of that id.') };

export const ADMINISTRATION_PATHS: ZodOpenApiPathsObject = {
  '/api/v1/people/{employeeId}/hand-over': {
    get: {
      operationId: 'previewHandOver',
      summary: 'What would move if all that somebody has to decide went over to somebody else',
      description: 'For administrators. Writes nothing.',
      requestParams: { path: contract.handOverPath, query: contract.handOverQuery },
      responses: {
        200: json(
          'All of it, and what cannot move; with `run`, how far that order has come.',
          z.union([contract.handOverPreview, contract.handOverRun]),
        ),
        ...INVALID,
        ...ALWAYS,
        ...NO_PERSON,
      },
    },
    post: {
      operationId: 'handOver',
      summary: 'Move what is named, each approval by itself',
      description:
        'For administrators, who stand in the record. It needs no key: what has moved is answered as gone when it is sent again.',
      requestParams: { path: contract.handOverPath },
      requestBody: body(contract.handOverOrder),
      responses: {
        200: json('What moved, what was refused and why, and what was gone.', contract.handOverResult),
        202: json(
          'Of more than a hundred: the order stands in the record and is worked off; it goes on by itself.',
          contract.handOverRun,
        ),
        ...INVALID,
        ...ALWAYS,
        ...NO_PERSON,
        ...TOO_LARGE,
      },
    },
  },
};
