import { executionArn, itemMachineArn, mapRunArn } from './arns.ts';
import { type MapState, machineAt } from './definition.ts';
import type { ChildGroup, ExecutionState, RunningItem, Thread } from './execution.ts';
import { type Command, emit, stateOf, type Turn, visitOf } from './turn.ts';

/** True for a Map whose items run as executions of their own. */
export function isDistributed(state: MapState): boolean {
  return (state.ItemProcessor ?? state.Iterator)?.ProcessorConfig?.Mode === 'DISTRIBUTED';
}

/** Says in the history that a distributed Map runs. */
export function startRun(turn: Turn, thread: Thread, state: MapState): void {
  const label = labelOf(state, thread);
  emit(turn, thread, 'MapRunStarted', { mapRunArn: mapRunArn(turn.state.machineArn, label, turn.random.uuid()) });
}

/** Starts the child execution of an item. */
export function startItem(turn: Turn, thread: Thread, group: ChildGroup, index: number): void {
  const item = { index, name: turn.random.uuid() };
  group.running.push(item);
  turn.commands.push(itemCommand(turn.state, thread, group, item));
}

/** Stops the child executions that run. */
export function stopItems(turn: Turn, thread: Thread, group: ChildGroup): void {
  const machineArn = itemMachineArn(turn.state.machineArn, labelOf(stateOf(turn, thread) as MapState, thread));
  for (const { name } of group.running) {
    turn.commands.push({ kind: 'stop-child', executionArn: executionArn(machineArn, name) });
  }
  group.running = [];
}

/** The command that starts an item's execution, also after a restart. It sees nothing of the one around it. */
export function itemCommand(
  execution: ExecutionState,
  thread: Thread,
  group: ChildGroup,
  { index, name }: RunningItem,
): Command {
  const { name: stateName } = visitOf(thread);
  const state = machineAt(execution.definition, thread.scope).States[stateName] as MapState;
  const processor = machineAt(execution.definition, [...thread.scope, [stateName, 0]]);
  const label = labelOf(state, thread);
  const machineArn = itemMachineArn(execution.machineArn, label);
  return {
    kind: 'start-item',
    execution: {
      arn: executionArn(machineArn, name),
      name,
      machineArn,
      machineName: `${execution.machineName}/${label}`,
      roleArn: execution.roleArn,
      definition: { QueryLanguage: 'JSONata', StartAt: processor.StartAt, States: processor.States },
      input: group.inputs[index] ?? null,
      startedBy: { executionArn: execution.arn, pattern: 'item', groupId: group.startedEventId, index },
    },
  };
}

function labelOf(state: MapState, thread: Thread): string {
  return state.Label ?? visitOf(thread).name;
}
