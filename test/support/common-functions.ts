/** The functions that the machines of every process call: the inputs of their handlers, the real use-cases. */
import * as openLevelHandler from '../../functions/approvals/open-level.handler.ts';
import { openLevel } from '../../functions/approvals/open-level.ts';
import type { AttachmentFiles } from '../../functions/attachments/port.ts';
import type { WaitClock } from '../../functions/calendar/port.ts';
import type { BooksPort } from '../../functions/connectors/erp/books-port.ts';
import type { LedgerPort } from '../../functions/connectors/erp/ledger-port.ts';
import type { ErpPort } from '../../functions/connectors/erp/port.ts';
import type { Directory } from '../../functions/directory/port.ts';
import type { Policies } from '../../functions/policy/port.ts';
import type { Alarms } from '../../functions/process/alarms.ts';
import * as ringAlarmHandler from '../../functions/process/ring-alarm.handler.ts';
import { ringAlarm } from '../../functions/process/ring-alarm.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import * as registerRequestHandler from '../../functions/requests/register-request.handler.ts';
import { parseInput } from '../../functions/runtime/parse.ts';
import type { seededRandomness } from './ambient.ts';

/** What the functions work with. */
export interface FunctionParts {
  readonly deps: {
    readonly store: ProcessStore;
    readonly clock: { readonly now: () => Date };
    readonly randomness: ReturnType<typeof seededRandomness>;
  };
  readonly erp: ErpPort;
  readonly ledger: LedgerPort;
  readonly books: Pick<BooksPort, 'accountsOf'>;
  readonly directory: Directory;
  readonly alarms: Alarms;
  readonly waitClock: WaitClock;
  readonly policies: Policies;
  readonly company: { readonly currency: string; readonly timeZone: string };
  readonly pagesUrl: string;
  readonly files: AttachmentFiles;
}

/** What the deployed function of a name would return; it throws as the function would. */
export async function callCommonFunction(
  { deps, directory, alarms, waitClock }: FunctionParts,
  functionName: string,
  payload: unknown,
): Promise<unknown> {
  switch (functionName) {
    case 'OpenLevel':
      await openLevel({ ...deps, alarms, waitClock, directory }, parseInput(openLevelHandler.input, payload));
      return null;
    case 'RingAlarm':
      await ringAlarm({ ...deps, directory }, parseInput(ringAlarmHandler.input, payload));
      return null;
    case 'RegisterRequest':
      return registerRequestHandler.register(deps, parseInput(registerRequestHandler.input, payload));
    default:
      throw new Error(`the machines call ${functionName}, which the world does not know`);
  }
}

/** The process that a step is about; empty for the step that registers it. */
export function processIdIn(payload: unknown): string {
  const { processId } = payload as { processId?: unknown };
  return typeof processId === 'string' ? processId : '';
}
