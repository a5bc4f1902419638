/**
 * The contract of the API: what it takes and what it answers, by resource. `docs/openapi.json` is generated from these
 * schemas (`npm run openapi`), and a test compares both.
 */
export * from './schemas/absences.ts';
export { idempotencyKey } from './schemas/common.ts';
export * from './schemas/copies.ts';
export * from './schemas/decided.ts';
export * from './schemas/files.ts';
export * from './schemas/hand-over.ts';
export * from './schemas/problem.ts';
export * from './schemas/requests.ts';
export * from './schemas/tasks.ts';
export * from './schemas/timeline.ts';
