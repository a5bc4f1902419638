/** The ways through the purchase's machines, and those that a world took. */
import { purchaseMachines } from './purchase-machines.ts';
import type { PurchaseWorld } from './purchase-world.ts';

/** `machine: state (by what)` for every way that the purchase's definitions have. */
export function allTransitions(): ReadonlySet<string> {
  const ways = Object.entries(purchaseMachines()).flatMap(([arn, machine]) =>
    Object.entries((machine as Machine).States).flatMap(([name, state]) => [
      ...(state.Next === undefined ? [] : [way(arn, name, 'next')]),
      ...(state.Type === 'Succeed' ? [way(arn, name, 'end')] : []),
      ...(state.Type === 'Fail' ? [way(arn, name, 'failed')] : []),
      ...(state.Default === undefined ? [] : [way(arn, name, 'default')]),
      ...(state.Choices ?? []).map((_, index) => way(arn, name, `choice ${index}`)),
      ...(state.Catch ?? []).map((_, index) => way(arn, name, `catch ${index}`)),
    ]),
  );
  return new Set(ways);
}

interface Machine {
  readonly States: {
    readonly [name: string]: {
      readonly Type: string;
      readonly Next?: string;
      readonly Default?: string;
      readonly Choices?: readonly unknown[];
      readonly Catch?: readonly unknown[];
    };
  };
}

function way(machineArn: string, from: string, by: string): string {
  return `${machineArn.split(':').at(-1)}: ${from} (${by})`;
}

/** The ways that the world's executions took, named as in `allTransitions`. */
export function transitionsOf(world: PurchaseWorld): readonly string[] {
  return world.engine.transitions().map(({ machineArn, from, by }) => way(machineArn, from, by));
}
