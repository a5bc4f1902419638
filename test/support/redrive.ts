import type { ProcessWorld } from './process-world.ts';

/**
 * An operator finds that the execution of a process has failed, and has it go on where it was.
 * @throws Error when none of that machine has failed
 */
export async function redriveFailed(world: ProcessWorld, machineArn: string): Promise<void> {
  const failed = world.engine
    .executions()
    .find((execution) => execution.machineArn === machineArn && execution.status === 'FAILED');
  if (failed === undefined) {
    throw new Error(`no execution of ${machineArn} has failed`);
  }
  await world.engine.redrive(failed.arn);
  await world.run();
}
