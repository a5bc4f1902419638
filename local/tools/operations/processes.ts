/** `npm run ops`: holds, hand-overs, runs of payroll, and the versions that processes run on. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { type HandOver, handOverTasks, previewHandOver } from '../../../functions/approvals/hand-over.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { OPERATIONS, operatorEntry } from '../../../functions/operations/operator.ts';
import { LABELS } from '../../../functions/operations/words.ts';
import { stateMachineStarter } from '../../../functions/process/adapters/step-functions.ts';
import { CURRENT_ALIAS } from '../../../functions/process/current-alias.ts';
import { type HoldOrder, placeHold, releaseHolds } from '../../../functions/process/hold-process.ts';
import { registerStanding } from '../../../functions/process/standing-record.ts';
import { updateProcess } from '../../../functions/process/update-process.ts';
import { deployedDirectory, type Installation } from '../installation.ts';
import { EXIT, operationDeps, operatorNamed, processDeps } from './operated.ts';

export async function hold(installation: Installation, command: 'hold' | 'release', order: HoldOrder): Promise<number> {
  const result = await (command === 'hold' ? placeHold : releaseHolds)(processDeps(installation), order);
  console.log(`${order.processId}: ${result}`);
  return result === 'placed' || result === 'released' ? EXIT.done : EXIT.waitsOrRefused;
}

export async function handOver(
  installation: Installation,
  order: HandOver,
  where: Parameters<typeof deployedDirectory>[0] & { readonly apply: boolean },
): Promise<number> {
  const { apply } = where;
  const data = await deployedDirectory(where);
  const process = processDeps(installation);
  const deps = { ...process, directory: createStoreDirectory(process.store, createFileDirectory(data)) };
  const moving = await (apply ? handOverTasks : previewHandOver)(deps, order);
  for (const { processId, title, levels, standIns = [], refusal } of moving) {
    const away = standIns.map(({ employeeId, name }) => `, to ${name} (${employeeId}), who stands in`).join('');
    const what = refusal === undefined ? `${apply ? 'moved' : 'would move'}${away}` : `cannot move: ${refusal}`;
    console.log(`${processId} "${title}", ${levels.join(', ')}: ${what}`);
  }
  const refused = moving.filter(({ refusal }) => refusal !== undefined).length;
  console.log(`${moving.length - refused} ${apply ? 'moved' : 'would move'}, ${refused} cannot`);
  return refused === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

/**
 * A month that has its run already gets no second one: the execution ends as a duplicate. Who asked for it is recorded before, with
 * the execution.
 */
export async function startPayroll(
  installation: Installation,
  { period, by }: { readonly period: string; readonly by: string },
): Promise<number> {
  const { outputs, stepFunctions } = installation;
  const deps = processDeps(installation);
  const execution = `payroll-${period}-${deps.randomness.uuid()}`;
  const entries = [operatorEntry(operatorNamed(by), 'PayrollRunAsked', { period, execution })];
  await registerStanding(deps, OPERATIONS);
  await updateProcess<unknown, void>(deps, OPERATIONS.processId, () => ({ change: { entries }, output: undefined }));
  const machine = `${outputs.PayrollRunArn}:${CURRENT_ALIAS}`;
  await stateMachineStarter(new SFNClient(stepFunctions), machine).start(execution, { period });
  console.log(`started: ${execution}`);
  return EXIT.done;
}

/** Which versions of the definitions have executions that run. */
export async function versions(installation: Installation): Promise<number> {
  for (const { machine, version, publishedAt, isCurrent, running, hasMore } of await operationDeps(
    installation,
  ).executions.versions()) {
    const name = `${machine} ${version === 'unversioned' ? version : `version ${version}`}`;
    const published = publishedAt === undefined ? '' : `, published ${publishedAt}`;
    const isUnknown = hasMore && running.length === 0;
    const count = isUnknown ? LABELS.runningUnknown.en : `${running.length}${hasMore ? ' or more' : ''} running`;
    console.log(`${name}${isCurrent ? ' (new processes)' : ''}${published}: ${count}`);
    for (const { executionId, startedAt } of running) {
      console.log(`  ${executionId} since ${startedAt}`);
    }
  }
  return EXIT.done;
}
