/** `npm run ops`: holds, hand-overs, runs of payroll, and the versions that processes run on. */
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type HandOver, handOverTasks, previewHandOver } from '../../../functions/approvals/hand-over.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { LABELS } from '../../../functions/operations/words.ts';
import { CURRENT_ALIAS } from '../../../functions/process/current-alias.ts';
import { type HoldOrder, placeHold, releaseHolds } from '../../../functions/process/hold-process.ts';
import { deployedDirectory, type Installation } from '../installation.ts';
import { EXIT, operationDeps, processDeps } from './operated.ts';

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
  for (const { processId, title, levels, refusal } of moving) {
    const what = refusal === undefined ? (apply ? 'moved' : 'would move') : `cannot move: ${refusal}`;
    console.log(`${processId} "${title}", ${levels.join(', ')}: ${what}`);
  }
  const refused = moving.filter(({ refusal }) => refusal !== undefined).length;
  console.log(`${moving.length - refused} ${apply ? 'moved' : 'would move'}, ${refused} cannot`);
  return refused === 0 ? EXIT.done : EXIT.waitsOrRefused;
}

/** A month that has its run already gets no second one: the execution ends as a duplicate. */
export async function startPayroll({ outputs, stepFunctions }: Installation, period: string): Promise<number> {
  const input = JSON.stringify({ period });
  const client = new SFNClient(stepFunctions);
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn: `${outputs.PayrollRunArn}:${CURRENT_ALIAS}`, input }),
  );
  console.log(`started: ${executionArn}`);
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
