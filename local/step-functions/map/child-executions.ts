import { executionArn, itemMachineArn } from '../arns.ts';
import { type MapState, machineAt } from '../definition.ts';
import type { ChildGroup, ExecutionState, GroupRun, ItemRecord, Thread } from '../execution.ts';
import { type Command, mapStateOf, type Turn, visitOf } from '../turn.ts';

/** Starts, or takes up again, child executions of a distributed Map as long as the concurrency allows. */
export function startItems(turn: Turn, thread: Thread, group: ChildGroup, run: GroupRun): void {
  const running = run.records.filter((record) => record?.status === 'RUNNING').length;
  for (let free = group.concurrency - running; free > 0; free -= 1) {
    const again = run.again.shift();
    if (again === undefined && group.started >= group.items.length) return;
    const index = again ?? group.started;
    const before = run.records[index];
    if (again === undefined) group.started += 1;
    run.records[index] = {
      name: before?.name ?? turn.random.uuid(),
      redriveCount: before === null || before === undefined ? 0 : before.redriveCount + 1,
      status: 'RUNNING',
      startedAt: before?.startedAt ?? turn.ambient.now,
    };
    turn.commands.push(...itemCommands(turn.state, thread, group, [index]));
  }
}

/** Stops the child executions that run. */
export function stopItems(turn: Turn, thread: Thread, run: GroupRun): void {
  const machineArn = itemMachineOf(turn.state, thread, mapStateOf(turn, thread));
  for (const [index, record] of run.records.entries()) {
    if (record?.status !== 'RUNNING') continue;
    turn.commands.push({ kind: 'stop-child', executionArn: executionArn(machineArn, record.name) });
    run.records[index] = { ...record, status: 'ABORTED', stoppedAt: turn.ambient.now };
  }
}

/** The commands that start child executions, also after a restart. They see nothing of the execution around them. */
export function itemCommands(
  execution: ExecutionState,
  thread: Thread,
  group: ChildGroup,
  indices: readonly number[],
): Command[] {
  const { name: stateName } = visitOf(thread);
  const state = mapStateOf({ state: execution }, thread);
  const processor = machineAt(execution.definition, [...thread.scope, [stateName, 0]]);
  const machineArn = itemMachineOf(execution, thread, state);
  return indices.flatMap((index) => {
    const record = group.run?.records[index];
    if (record === null || record === undefined) return [];
    const { name, redriveCount } = record;
    return {
      kind: 'start-item',
      redriveCount,
      execution: {
        arn: executionArn(machineArn, name),
        name,
        machineArn,
        machineName: `${execution.machineName}/${labelOf(thread, state)}`,
        roleArn: execution.roleArn,
        definition: { QueryLanguage: 'JSONata', StartAt: processor.StartAt, States: processor.States },
        input: group.inputs[index] ?? null,
        startedBy: { executionArn: execution.arn, pattern: 'item', groupId: group.startedEventId, index },
      },
    };
  });
}

/** The numbers of the child executions that run. */
export function runningItems(run: GroupRun): number[] {
  return run.records.flatMap((record: ItemRecord | null, index) => (record?.status === 'RUNNING' ? [index] : []));
}

/** The machine of the child executions of a Map. */
export function itemMachineOf(execution: ExecutionState, thread: Thread, state: MapState): string {
  return itemMachineArn(execution.machineArn, labelOf(thread, state));
}

/** The name under which the runs and the child executions of a Map are known. */
export function labelOf(thread: Thread, state: MapState): string {
  return state.Label ?? visitOf(thread).name;
}
