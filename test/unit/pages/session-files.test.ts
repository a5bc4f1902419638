/** Who may add and read files in a session, and who may not. */
import { describe, expect, it } from 'vitest';
import { DOCUMENT, PICTURE } from '../../support/sample-files.ts';
import { fileIn, formOf, MANAGER, openFiles } from './open-files.ts';

const HEAD = 'E-3001';
const CHIEF = 'E-4003';
const REQUESTER = 'E-1001';
const COLLEAGUE = 'E-1002';

/** A file of the manager's, and the path of the task. */
async function withFile() {
  const rig = await openFiles();
  await rig.send('offer.pdf', DOCUMENT);
  const task = await rig.taskPath();
  const [, process = ''] = task.match(/^\/me\/tasks\/([^/]+)/) ?? [];
  const manager = await rig.inSession(MANAGER);
  const file = fileIn(await (await manager(task)).text());
  return { ...rig, task, process, manager, file };
}

describe('files in a session', () => {
  it('are added by the page beside the task, and the record says that somebody was signed in', async () => {
    const { inSession, taskPath, arriveBy, keep, record } = await openFiles();
    const task = await taskPath();
    const manager = await inSession(MANAGER);
    const [attach = ''] = (await (await manager(task)).text()).match(/\/me\/tasks\/[^"]+\/attach\?level=0/) ?? [];

    const page = await manager(task.concat('/attach'), attach.slice(attach.indexOf('?')));
    const key = await arriveBy(page, 'offer.pdf', DOCUMENT);

    expect(await keep(key)).toBe('kept');
    expect((await record()).find(({ type }) => type === 'FileAttached')).toMatchObject({
      actor: { kind: 'person', id: MANAGER },
      facts: { via: 'signed-in', level: 0 },
    });
  });

  it('come back to the page of the session once they have arrived', async () => {
    const { inSession, taskPath, files } = await openFiles();
    const task = await taskPath();
    const manager = await inSession(MANAGER);
    const page = await manager(`${task}/attach`);

    const { went } = files.send(formOf(await page.text()), 'offer.pdf', DOCUMENT);

    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://files.meridian.example;");
    expect(went).toBe(`https://pages.meridian.example${task}/attach?level=0&arrived`);
  });

  it('are shown with the task and given by name', async () => {
    const { manager, task, file } = await withFile();

    expect(await (await manager(task)).text()).toContain('offer.pdf');
    const download = await manager(`${task}${file}`);

    expect([download.status, download.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('name=offer.pdf'),
    ]);
  });

  it('are given to nobody who is not signed in, who comes back to them once they are', async () => {
    const { ask, task, file } = await withFile();

    for (const path of [`${task}/attach`, `${task}${file}`]) {
      const answer = await ask(path, '');
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/sign-in?to=${encodeURIComponent(path)}`]);
    }
  });

  it('are read by whoever was copied, in a session and by their link, who can add none', async () => {
    const { world, ask, inSession, task, file } = await withFile();
    await world.act(MANAGER, { kind: 'copy', to: COLLEAGUE, comment: '' });
    const colleague = await inSession(COLLEAGUE);
    const link = `/d/${await world.linkOf(COLLEAGUE)}`;

    for (const visit of [
      (suffix: string) => colleague(`${task}${suffix}`),
      (suffix: string) => ask(`${link}${suffix}`, '?lang=en'),
    ]) {
      expect(await (await visit('')).text()).toContain('offer.pdf');
      expect((await visit(file)).status).toBe(302);
      expect(await (await visit('/attach')).text()).not.toContain('<form');
    }
  });

  it.each([
    ['a colleague who has nothing to do with it', COLLEAGUE],
    ['whoever is asked later, as long as they are not asked', HEAD],
    ['the requester, by the page of a task that is not theirs', REQUESTER],
  ])('are not there for %s', async (_who, employeeId) => {
    const { inSession, task, file } = await withFile();
    const visit = await inSession(employeeId);

    const answers = await Promise.all([visit(`${task}/attach`), visit(`${task}${file}`)]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await answers[0].text()).not.toContain('offer.pdf');
  });

  it('are not there any more for whoever gave the task away, neither in a session nor by the old link', async () => {
    const { world, manager, visit, inSession, task, file } = await withFile();
    const before = await Promise.all([manager(`${task}${file}`), visit(file)]);

    expect(await world.act(MANAGER, { kind: 'transfer', to: CHIEF, comment: '' })).toMatchObject({ kind: 'done' });
    const after = await Promise.all([manager(`${task}${file}`), manager(`${task}/attach`), visit(file)]);

    expect(before.map(({ status }) => status)).toEqual([302, 302]);
    expect(after.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await (await visit('')).text()).not.toContain('offer.pdf');
    expect((await (await inSession(CHIEF))(`${task}${file}`)).status).toBe(302);
  });

  it('are not to be had by a file id that was guessed, or of another process', async () => {
    const { manager, task, file } = await withFile();

    const guessed = [
      `${task}/files/${'0'.repeat(32)}`,
      `/me/tasks/P2P-other/order-1${file}`,
      `/me/requests/P2P-other${file}`,
    ];

    expect((await Promise.all(guessed.map((path) => manager(path)))).map(({ status }) => status)).toEqual([
      404, 404, 404,
    ]);
  });

  it('do not count from whoever lost the task while they sent one, and the record says so', async () => {
    const { world, manager, task, arriveBy, keep, record, files } = await withFile();
    const key = await arriveBy(await manager(`${task}/attach`), 'late.png', PICTURE);
    await world.act(MANAGER, { kind: 'transfer', to: CHIEF, comment: '' });

    expect(await keep(key)).toBe('refused');

    expect(files.kept.size).toBe(1);
    expect((await record()).find(({ type }) => type === 'DecisionRefused')).toMatchObject({
      facts: { action: 'attach', via: 'signed-in', refusal: 'not-your-task' },
    });
  });
});

describe('files of a request', () => {
  it('are read by whoever asked for it, from its record', async () => {
    const { inSession, process, file } = await withFile();
    const requester = await inSession(REQUESTER);
    const path = `/me/requests/${process}`;

    expect(await (await requester(path)).text()).toContain(`href="${path}${file}"`);
    const download = await requester(`${path}${file}`);

    expect([download.status, download.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('name=offer.pdf'),
    ]);
  });

  it.each([
    ['a colleague', COLLEAGUE],
    ['the approver, who reads them with the task', MANAGER],
  ])('are not given there to %s', async (_who, employeeId) => {
    const { inSession, process, file } = await withFile();
    const visit = await inSession(employeeId);

    expect((await visit(`/me/requests/${process}${file}`)).status).toBe(404);
    expect(await (await visit(`/me/requests/${process}`)).text()).not.toContain(file);
  });
});

describe('files of an earlier version', () => {
  /** Version 1 has a file, was returned, and was sent again; version 2 is with the manager. */
  async function resubmitted() {
    const rig = await withFile();
    await rig.world.returnIt(MANAGER);
    await rig.world.resubmit(rig.event);
    return { ...rig, newTask: await rig.taskPath() };
  }

  it('are shown with the next one, marked with the version they belong to', async () => {
    const { manager, newTask, arriveBy, keep, task } = await resubmitted();
    await keep(await arriveBy(await manager(`${newTask}/attach`), 'new offer.pdf', DOCUMENT));

    const text = await (await manager(newTask)).text();

    expect(newTask).not.toBe(task);
    const rows = [...text.matchAll(/<li>(?:(?!<\/li>).)*\/files\/.*?<\/li>/gs)].map(([row]) => row);
    expect(rows.map((row) => [/>([^<]*offer\.pdf)</.exec(row)?.[1], row.includes('of version 1')])).toEqual([
      ['offer.pdf', true],
      ['new offer.pdf', false],
    ]);
  });

  it('are given by the page of the next one, and by nothing to whoever is not asked about it', async () => {
    const { manager, inSession, newTask, file } = await resubmitted();

    expect((await manager(`${newTask}${file}`)).status).toBe(302);
    expect((await (await inSession(COLLEAGUE))(`${newTask}${file}`)).status).toBe(404);
  });

  it('are those of the same question only', async () => {
    const { world, inSession, keep, arriveBy, taskPath, file } = await resubmitted();
    await world.approveOrder();
    await world.deliver();
    const payer = await inSession('E-4002');
    const payment = await taskPath();
    await keep(await arriveBy(await payer(`${payment}/attach`), 'bank.pdf', DOCUMENT));

    expect(await (await payer(payment)).text()).not.toContain('>offer.pdf<');
    expect((await payer(`${payment}${file}`)).status).toBe(404);
  });
});
