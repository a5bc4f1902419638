/** Books the absence of a leave request in the ERP, takes it back, or the last of its days. */
import * as z from 'zod';
import { companyDirectory } from '../runtime/company-files.ts';
import { timePort } from '../runtime/erp.ts';
import { taskHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './book-absence.env.ts';
import { type AbsenceDeps, recordAbsence } from './record-absence.ts';
import { shortenAbsence } from './shorten-absence.ts';
import { undoLeave } from './undo-leave.ts';

export const input = z.object({ processId: z.string().min(1), action: z.enum(['record', 'shorten', 'undo']) });

export const handler = taskHandler({
  environment,
  input,
  output: z.object({
    outcome: z.enum([
      'recorded',
      'held',
      'withdrawn',
      'nothing-to-undo',
      'absence-cancelled',
      'shortened',
      'as-it-was',
    ]),
  }),
  run: (task, variables) => {
    const deps = processDeps(variables);
    return bookAbsence({ ...deps, time: timePort(variables, deps), directory: companyDirectory(deps.store) }, task);
  },
});

export function bookAbsence(deps: AbsenceDeps, { processId, action }: z.infer<typeof input>) {
  return ACTIONS[action](deps, processId);
}

const ACTIONS = { record: recordAbsence, shorten: shortenAbsence, undo: undoLeave } as const;
