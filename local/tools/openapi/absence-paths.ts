/** Operations about who stands in for whom. */
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { ALWAYS, BUSY, body, INVALID, json, KEY, problem, TOO_LARGE } from './parts.ts';

export const ABSENCE_PATHS: ZodOpenApiPathsObject = {
  '/api/v1/absences': {
    get: {
      operationId: 'listAbsences',
      summary: 'Who stands in for the caller, and for whom they stand in',
      responses: { 200: json('Both.', contract.absenceList), ...ALWAYS },
    },
    post: {
      operationId: 'nameSubstitute',
      summary: 'Name who stands in for the caller for some days',
      requestParams: KEY,
      requestBody: body(contract.substituteWish),
      responses: {
        200: json('It counts, and the substitute is told by mail.', contract.absenceResult),
        ...INVALID,
        ...ALWAYS,
        ...TOO_LARGE,
        422: problem(
          'It does not count (`substitute-refused`): `errors` says why, by field. Or the key was used for another action.',
        ),
        ...BUSY,
      },
    },
  },
  '/api/v1/absences/{absenceId}/end': {
    post: {
      operationId: 'endAbsence',
      summary: 'End at once what the caller named themselves',
      description: 'It happens once, without a key: sent again, it gets the same answer.',
      requestParams: { path: contract.absencePath },
      responses: {
        200: json('Nobody stands in any more, and the substitute is told by mail.', contract.absenceResult),
        ...ALWAYS,
        404: problem('The caller has named no such absence, or it is long over. A leave ends in the OA.'),
        ...BUSY,
      },
    },
  },
};
