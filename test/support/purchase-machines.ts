/** The state machines of a purchase. */
import { machineArn, machinesOf } from './machines.ts';

export const PURCHASE_MACHINE = machineArn('procure-to-pay');

/** Definitions by ARN. */
export function purchaseMachines(): { readonly [arn: string]: unknown } {
  return machinesOf('procure-to-pay');
}
