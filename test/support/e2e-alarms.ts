/** Lets an alarm of a process ring within seconds instead of days: Scheduler rings it, as it would at its time. */
import {
  GetScheduleCommand,
  paginateListSchedules,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { AlarmPurpose } from '../../functions/process/alarms.ts';
import { clientOptions } from '../../local/cloud/aws.ts';

const GroupName = 'meridian-alarms';

/** @throws Error when the process has no such alarm */
export async function ringSoon(endpoint: string, purpose: AlarmPurpose, processId: string): Promise<void> {
  const client = new SchedulerClient(clientOptions(endpoint));
  for await (const { Schedules = [] } of paginateListSchedules({ client }, { GroupName, NamePrefix: `${purpose}-` })) {
    for (const { Name } of Schedules) {
      const found = await client.send(new GetScheduleCommand({ GroupName, Name })).catch(gone);
      if (found?.Target?.Input?.includes(processId)) {
        const { Target, FlexibleTimeWindow, ActionAfterCompletion } = found;
        const ScheduleExpression = `at(${new Date().toISOString().slice(0, 19)})`;
        const same = { GroupName, Name, Target, FlexibleTimeWindow, ActionAfterCompletion };
        await client.send(new UpdateScheduleCommand({ ...same, ScheduleExpression }));
        return;
      }
    }
  }
  throw new Error(`process ${processId} has no alarm ${purpose}`);
}

/** Of another story, which went on meanwhile. */
function gone(error: unknown): undefined {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}
