/** The state machines of a purchase as they are deployed, with the names of functions in place of ARNs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const PURCHASE_MACHINE = 'arn:aws:states:eu-central-1:000000000000:stateMachine:procure-to-pay';
const APPROVAL_MACHINE = 'arn:aws:states:eu-central-1:000000000000:stateMachine:approval';
const FUNCTION_PREFIX = 'arn:aws:lambda:eu-central-1:000000000000:function:';

/** Definitions by ARN. */
export function purchaseMachines(): { readonly [arn: string]: unknown } {
  return { [PURCHASE_MACHINE]: definition('procure-to-pay'), [APPROVAL_MACHINE]: definition('approval') };
}

/** `CreateOrder` for the ARN that the machines call it by. */
export function functionOf(arn: string): string {
  return arn.slice(FUNCTION_PREFIX.length);
}

function definition(machine: string): unknown {
  const file = join(import.meta.dirname, '../../statemachines', `${machine}.asl.json`);
  const text = readFileSync(file, 'utf8').replaceAll(/\$\{(\w+)Arn\}/g, (_, name: string) =>
    name === 'Approval' ? APPROVAL_MACHINE : `${FUNCTION_PREFIX}${name}`,
  );
  return JSON.parse(text);
}
