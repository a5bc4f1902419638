/** The business state of one engineering change, from filing to the day that the product is made by the new bill. Pure. */
import type { BillOfMaterials, BomVersionCommand, ComponentFacts } from '../../connectors/erp/engineering-port.ts';
import type { EngineeringChange } from '../../events/engineering-change-submitted.ts';
import type { Money } from '../../money/money.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import { commandKey, newRequest, type RequestKind, type RequestState } from '../../requests/domain/request.ts';
import type { Difference } from './compare-bills.ts';

/** Name of the state machine, and of the actor in the record. */
export const CHANGE_KIND = 'engineering-change';

/**
 * How it ends. `implemented`: the product is made by the new bill. `stale`: the bill was changed in the ERP since, so that
 * what was approved is about a bill that is no more; nothing was changed.
 */
export type ChangeOutcome = 'implemented' | 'stale' | 'refused' | 'rejected' | 'withdrawn' | 'cancelled' | 'expired';

/** Ends in which the bill stayed as it was. */
export const NOTHING_CHANGED: readonly string[] = [
  'stale',
  'refused',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
] satisfies readonly ChangeOutcome[];

export interface ChangeState extends RequestState {
  /** Once its fields are read. */
  readonly change?: EngineeringChange;
  /** Once the checks found nothing to be altered. */
  readonly checked?: CheckedChange;
  /** The version that stands beside the bill in force. */
  readonly prepared?: { readonly key: string; readonly bomId: string };
  /** The product is made by it. */
  readonly inForce?: true;
  /** What was prepared was taken back. */
  readonly undone?: true;
}

export interface CheckedChange {
  /** The bill that was in force when it was checked: what is approved is the step from this one. */
  readonly bill: BillOfMaterials;
  /** What becomes of each component, in the order of the product codes. */
  readonly differences: readonly Difference[];
  /** What hangs on each component whose quantity is altered. */
  readonly impact: readonly ComponentFacts[];
  /** Of what is needed no more: stock on hand and open orders. Of the company's currency. */
  readonly atStake: Money;
  /** First moment of the day that it shall count from; ISO 8601 in UTC. */
  readonly effectiveAt: string;
}

export type ChangeHead = ProcessHead<ChangeState>;

export const CHANGE: RequestKind<ChangeState> = {
  kind: CHANGE_KIND,
  idPrefix: 'ECR',
  noun: 'engineering change',
  subjects: ['engineering-change'],
  entryTypes: {
    registered: 'EngineeringChangeRegistered',
    refused: 'EngineeringChangeRefused',
    resubmitted: 'EngineeringChangeResubmitted',
    closed: 'EngineeringChangeClosed',
  },
  personalFields: ['reason'],
  newState: newRequest,
  titleOf: ({ oa, state }) => state.change?.title ?? state.rework?.title ?? oa.requestId,
  isChangedOnPage: () => true,
  withoutChecks: ({ change: _change, checked: _checked, ...kept }) => kept,
  isCarriedOut: ({ prepared }) => prepared !== undefined,
  withdrawalRefusal: ({ state }) => (state.intended.some(isOfForce) ? 'in-force' : undefined),
  withdrawalRefusals: {
    'in-force': {
      en: 'It is being put into force, or is in force already; file another change to go back.',
      zh: '变更正在生效或已经生效，无法撤回；如需恢复请另行提交变更。',
    },
  },
  factOutcome: () => undefined,
};

/** Key of the version in the ERP. A process has one. */
export function bomKey(processId: string): string {
  return commandKey(processId, 'bom');
}

/** Key of the step that puts it into force. */
export function forceKey(processId: string): string {
  return commandKey(processId, FORCE);
}

const FORCE = 'force';

function isOfForce(key: string): boolean {
  return key.endsWith(`-${FORCE}`);
}

/** @throws Error before the checks. */
export function checkedChange({ change, checked }: ChangeState) {
  if (change === undefined || checked === undefined) {
    throw new Error('the engineering change is not checked yet');
  }
  return { change, checked };
}

/** The same for preparing the version, for putting it into force and for taking it back. */
export function bomCommand({ processId, oa, state }: ChangeHead): BomVersionCommand {
  const { change, checked } = checkedChange(state);
  return {
    key: bomKey(processId),
    productCode: change.productCode,
    basedOn: checked.bill.version,
    outputQuantity: checked.bill.outputQuantity,
    components: change.components,
    effectiveOn: change.effectiveOn,
    description: `${oa.system} ${oa.requestId}`,
  };
}
