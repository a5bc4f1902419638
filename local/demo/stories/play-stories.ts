/** Plays stories one after the other, each with its record told in words and verified. */
import type { LocalCloud } from '../../cloud/start.ts';
import type { DemoOa } from '../oa.ts';
import { createStage, type Story } from './stage.ts';
import { createRecordTeller } from './tell-record.ts';

/**
 * Plays them all.
 *
 * @param report - told each step
 * @returns the processes that they left
 * @throws Error with one sentence when something does not come or is not as it must be
 */
export async function playStories(
  stories: readonly Story[],
  cloud: LocalCloud,
  oa: DemoOa,
  report: (line: string) => void,
): Promise<readonly string[]> {
  const stage = await createStage(cloud, oa, report);
  const tellRecord = await createRecordTeller(cloud);
  const processIds: string[] = [];
  for (const { title, play } of stories) {
    report(title);
    for (const record of await play(stage)) {
      await stage.recorded(record);
      await tellRecord(record.processId);
      processIds.push(record.processId);
    }
  }
  return processIds;
}
