/** People who come, go and are away while tasks are open: the stories of `purchase.test.ts` go on with them on their one cloud. */
import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useDirectoryVersion } from '../../functions/directory/directory-versions.ts';
import { leaveIdOf } from '../../functions/people/record-leave.ts';
import { awsEnvironment, clientOptions } from '../../local/cloud/aws.ts';
import { NODE, ROOT } from '../../local/cloud/paths.ts';
import { type LocalCloud, output } from '../../local/cloud/start.ts';
import { decideByMail, openLink, postDecision } from '../../local/demo/approver.ts';
import { approveLeave, cancelLeave } from '../../local/demo/events.ts';
import { storeOf } from '../../local/tools/installation.ts';
import { MANAGER, processOn, type Stories, SUBSTITUTE } from './stories.ts';

export function tellsOfPeople({ world, busName, file, mailTo, answer, recordOf, recorded }: Stories): void {
  const directory = (...args: readonly string[]) => runDirectory(world().cloud.endpoint, args);

  describe('people who change', { tags: 'long' }, () => {
    it('a leave that the OA approved makes the substitute of the manager, and its cancellation unmakes it', async () => {
      const { endpoint } = world().cloud;
      const leave = await approveLeave(endpoint, busName(), { employeeId: 'E-2001', substituteId: 'E-2002' });
      await recorded(leaveIdOf(leave.oa), 'LeaveApproved');
      const away = await file();
      const mail = await mailTo(SUBSTITUTE, away);

      await cancelLeave(endpoint, busName(), leave);
      await recorded(leaveIdOf(leave.oa), 'LeaveCancelled');
      const back = await file();

      expect((await mailTo(MANAGER, back)).links).toHaveLength(1);
      await decideByMail(mail, 'reject', 'There are chairs in the cellar');
      await answer(away, 'rejected');
    });

    it('an import of people while a task is open moves the task, and the version before brings it back', async () => {
      const requestId = await file();
      const [link = ''] = (await mailTo(MANAGER, requestId)).links;
      const processId = processOn(await openLink(link));
      const people = await peopleUnder(await directory('show'), 'E-2002');

      const shown = await directory('import', people, '--by', 'Lin');
      expect(shown).toMatchObject({
        code: 0,
        said: expect.stringContaining('~ people E-1001: managerId E-2001 -> E-2002'),
      });
      expect(shown.said).toMatch(new RegExp(`${processId}.*\\(E-2001\\): would go to .*\\(E-2002\\)`));
      expect((await directory('versions')).said).toContain('0: ');
      expect((await directory('versions')).said.split('\n')[0]).toContain('<- counts');

      expect(await directory('import', people, '--by', 'Lin', '--apply')).toMatchObject({ code: 0 });
      expect((await mailTo(SUBSTITUTE, requestId)).links).toHaveLength(1);
      await postDecision(link, 'approve');
      await recorded(processId, 'DecisionRefused');

      const back = await directory('back-to', '0', '--by', 'Lin', '--apply');
      expect(back).toMatchObject({ code: 0, said: expect.stringContaining('version 0 counts now') });
      await decideByMail(await mailTo(MANAGER, requestId), 'reject', 'There are chairs in the cellar');
      await answer(requestId, 'rejected');
      const types = (await recordOf(processId)).map(({ type }) => type);
      expect(types.filter((type) => type === 'TaskRerouted')).toHaveLength(2);
      expect((await recordOf('directory')).map(({ type }) => type)).toEqual(['DirectoryChanged', 'DirectoryChanged']);
    });

    it('an import whose command was cut short before tasks followed is followed by itself, and the record has it', async () => {
      const { cloud } = world();
      const requestId = await file();
      const [link = ''] = (await mailTo(MANAGER, requestId)).links;
      const processId = processOn(await openLink(link));
      await useDirectoryVersion(operatorsDeps(cloud), { version: 1, expected: 0, by: 'Lin' });

      const run = await cloud.lambdas.invoke(output(cloud.outputs, 'FollowPoliciesFunctionName'), {});

      expect(run).toMatchObject({ kind: 'returned' });
      expect((await mailTo(SUBSTITUTE, requestId)).links).toHaveLength(1);
      const moved = (await recordOf(processId)).find(({ type }) => type === 'TaskRerouted');
      expect(moved?.facts).toMatchObject({ operator: expect.stringContaining('policies '), directoryVersion: 1 });
      await recorded('administration', 'PoliciesFollowed');
      expect(await directory('back-to', '0', '--by', 'Lin', '--apply')).toMatchObject({ code: 0 });
      await decideByMail(await mailTo(MANAGER, requestId), 'reject', 'There are chairs in the cellar');
      await answer(requestId, 'rejected');
    });

    it('an import that is wrong is told by line, field and remedy, and changes nothing', async () => {
      const path = join(ROOT, '.local/e2e/people.csv');
      await writeFile(path, 'employeeId,managerId\nE-1001,E-9\n');

      const refused = await directory('import', path, '--by', 'Lin', '--apply');

      expect(refused).toMatchObject({
        code: 1,
        said: expect.stringMatching(/^people\.csv:2 managerId: .* E-9 \(.+\)$/m),
      });
      expect(refused.said).toContain('nothing was changed');
      expect(await directory('import', path, '--apply')).toMatchObject({ code: 2 });
    });
  });
}

/** As the command of an operator works with. */
function operatorsDeps({ endpoint, outputs }: LocalCloud) {
  const aws = clientOptions(endpoint);
  return {
    store: storeOf({ name: 'the local cloud', outputs, aws, stepFunctions: aws }),
    clock: { now: () => new Date() },
    randomness: { secret: () => randomBytes(32).toString('base64url'), uuid: () => randomUUID() },
  };
}

/** The directory that counts, with another manager for the requester, as a file. */
async function peopleUnder(shown: Said, managerId: string): Promise<string> {
  const { people, ...others } = JSON.parse(shown.said);
  const changed = people.map((person: { employeeId: string }) =>
    person.employeeId === 'E-1001' ? { ...person, managerId } : person,
  );
  const path = join(ROOT, '.local/e2e/people.json');
  await writeFile(path, JSON.stringify({ ...others, people: changed }, undefined, 2));
  return path;
}

interface Said {
  readonly code: number;
  readonly said: string;
}

/** `npm run directory` on the cloud at `endpoint`. */
function runDirectory(endpoint: string, args: readonly string[]): Promise<Said> {
  const env = { PATH: process.env.PATH, ...awsEnvironment(endpoint) };
  const command = [
    'local/tools/directory.ts',
    ...args,
    '--stack',
    'meridian',
    '--directory',
    'local/demo/directory.json',
  ];
  return new Promise((resolve) => {
    execFile(NODE, command, { cwd: ROOT, env, maxBuffer: 10_000_000 }, (error, said, complained) => {
      resolve({ code: error === null ? 0 : Number(error.code), said: said === '' ? complained : said });
    });
  });
}
