/** Writes the new version of a bill of materials into the ERP: prepares it, puts it into force, or takes it back. */
import * as z from 'zod';
import { engineeringPort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { discardVersion } from './discard-version.ts';
import { prepareVersion, type VersionDeps } from './prepare-version.ts';
import { putIntoForce } from './put-into-force.ts';
import { environment } from './write-bom.env.ts';

export const input = z.object({
  processId: z.string().min(1),
  action: z.enum(['prepare', 'put-into-force', 'discard']),
});

export const handler = taskHandler({
  environment,
  input,
  output: z.object({
    outcome: z.enum(['prepared', 'in-force', 'held', 'withdrawn', 'stale', 'nothing-to-undo', 'discarded']),
  }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    return writeBom({ ...deps, engineering: engineeringPort(variables, deps) }, task);
  },
});

export function writeBom(deps: VersionDeps, { processId, action }: z.infer<typeof input>) {
  switch (action) {
    case 'prepare':
      return prepareVersion(deps, processId);
    case 'put-into-force':
      return putIntoForce(deps, processId);
    case 'discard':
      return discardVersion(deps, processId);
  }
}
