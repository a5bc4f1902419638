import { describe, expect, it } from 'vitest';
import { actInPerson } from '../../../functions/approvals/act-in-person.ts';
import { createAttachmentPage } from '../../../functions/approvals/attachment-page.tsx';
import { MAX_ATTACHMENTS } from '../../../functions/approvals/domain/attach.ts';
import { keepFile } from '../../../functions/approvals/keep-file.ts';
import { DOCUMENT, PICTURE, SCRIPT } from '../../support/sample-files.ts';
import { MANAGER, openFiles } from './open-files.ts';

describe('the page that takes files', () => {
  it('has a form that goes to the store of files, and may go nowhere else', async () => {
    const { visit } = await openFiles();

    const page = await visit('/attach');

    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://files.meridian.example;");
    expect(await page.text()).toContain('action="https://files.meridian.example/" enctype="multipart/form-data"');
  });

  it('leaves the policy of the decision page as it was', async () => {
    const { visit } = await openFiles();

    expect((await visit('')).headers.get('content-security-policy')).toContain("form-action 'self';");
  });

  it('says that a file has arrived once the store sends the browser back', async () => {
    const { visit } = await openFiles();

    expect(await (await visit('/attach', '?arrived&bucket=files&lang=en')).text()).toContain('The file has arrived');
  });

  it('shows a file to everybody who decides, by name, and gives it as what it is', async () => {
    const { visit, send, record, files } = await openFiles();

    expect(await send('报价 (1).png', PICTURE)).toBe('kept');

    const decision = await (await visit('')).text();
    expect(decision).toContain('报价 (1).png');
    const link = decision.match(/\/files\/[0-9a-f]{32}/)?.[0] ?? '';
    const download = await visit(link);
    expect(download.status).toBe(302);
    expect(download.headers.get('location')).toContain(encodeURIComponent('报价 (1).png'));
    expect([...files.kept.values()]).toEqual([{ mediaType: 'image/png', content: PICTURE }]);
    expect(files.arrived.size).toBe(0);
    expect((await record()).find(({ type }) => type === 'FileAttached')).toMatchObject({
      actor: { kind: 'person', id: MANAGER },
      facts: { mediaType: 'image/png', bytes: PICTURE.byteLength },
    });
  });

  it('names no file in the facts of the record, which stay for good', async () => {
    const { send, record } = await openFiles();

    await send('Alice Chen medical.pdf', DOCUMENT);

    expect(JSON.stringify((await record()).map(({ facts }) => facts))).not.toContain('medical');
  });

  it('gives no file of another process or none at all', async () => {
    const { visit } = await openFiles();

    expect((await visit(`/files/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('shows nothing by a link that does not exist', async () => {
    const { deps } = await openFiles();
    const page = createAttachmentPage({ ...deps, pagesUrl: 'https://x.example', timeZone: 'Asia/Shanghai' });
    const visit = (suffix: string) =>
      page.request(`https://x.example/d/${'A'.repeat(43)}/${suffix}`, {}, { sourceIp: '192.0.2.1' });

    expect([(await visit('attach')).status, (await visit('files/1')).status]).toEqual([404, 404]);
  });
});

describe('a file that has arrived', () => {
  it('counts once when its arrival is told twice', async () => {
    const { deps, arrive, record, files } = await openFiles();
    const key = await arrive('offer.pdf', DOCUMENT);
    const again = files.arrived.get(key);

    await keepFile(deps, key);
    if (again !== undefined) {
      files.arrived.set(key, again);
    }

    expect(await keepFile(deps, key)).toBe('kept');
    expect(await keepFile(deps, key)).toBe('gone');
    expect((await record()).filter(({ type }) => type === 'FileAttached')).toHaveLength(1);
    expect(files.kept.size).toBe(1);
  });

  it('is judged by its content and not by its name, and its sender is told why', async () => {
    const { send, world, record, files } = await openFiles();

    expect(await send('offer.pdf', SCRIPT)).toBe('refused');

    expect(files.kept.size + files.arrived.size).toBe(0);
    expect((await record()).find(({ type }) => type === 'DecisionRefused')).toMatchObject({
      actor: { id: MANAGER },
      facts: { action: 'attach', refusal: 'unfit-file' },
    });
    const mail = world.mails.at(-1);
    expect(mail?.subject).toMatch(/^附件未保存|^Your file was not kept/);
    expect(mail?.text).toContain('offer.pdf');
  });

  it('is not kept after the question has ended, and its sender is told', async () => {
    const { deps, arrive, world, files } = await openFiles();
    const key = await arrive('offer.pdf', DOCUMENT);
    await world.decide(MANAGER, 'reject', 'too dear');

    expect(await keepFile(deps, key)).toBe('refused');

    await world.run();
    expect(files.kept.size).toBe(0);
    expect(world.mails.at(-1)?.text).toContain('offer.pdf');
  });

  it('is one of at most so many, after which the page has no form', async () => {
    const { send, visit } = await openFiles();
    for (let count = 0; count < MAX_ATTACHMENTS; count += 1) {
      await send(`${count}.pdf`, DOCUMENT);
    }

    expect(await (await visit('/attach')).text()).not.toContain('<form');
    expect(await (await visit('')).text()).not.toContain('/attach');
  });

  it('is left where it is when its process cannot be changed now, and counts later', async () => {
    const { deps, arrive, files } = await openFiles();
    const key = await arrive('offer.pdf', DOCUMENT);
    const failing = {
      ...deps,
      files: Object.assign(Object.create(files), { keep: () => Promise.reject(new Error('S3')) }),
    };

    await expect(keepFile(failing, key)).rejects.toThrow('S3');

    expect(await keepFile(deps, key)).toBe('kept');
  });

  it('is not kept for somebody who gave the task away meanwhile, which is recorded', async () => {
    const { keep, inSession, taskPath, arriveBy, world, record, files } = await openFiles();
    const key = await arriveBy(await (await inSession(MANAGER))(`${await taskPath()}/attach`), 'offer.pdf', DOCUMENT);
    await world.act(MANAGER, { kind: 'transfer', to: 'E-3002', comment: '' });

    expect(await keep(key)).toBe('refused');

    expect(files.kept.size + files.arrived.size).toBe(0);
    expect((await record()).filter(({ type }) => type === 'DecisionRefused')).toMatchObject([
      { actor: { id: MANAGER }, facts: { action: 'attach', via: 'signed-in', refusal: 'not-your-task' } },
    ]);
  });

  it('is recorded as refused twenty times a minute of one person, then forgotten: nobody fills the record', async () => {
    const { deps, arrive, world, record, files } = await openFiles();
    const stopped: string[] = [];
    const counting = { ...deps, onGuess: (guess: string) => stopped.push(guess) };
    const refusals = async () => (await record()).filter(({ type }) => type === 'DecisionRefused').length;
    const flood = async (times: number) => {
      for (let count = 0; count < times; count += 1) {
        expect(await keepFile(counting, await arrive('offer.pdf', SCRIPT))).toBe('refused');
      }
    };

    await flood(25);

    expect(await refusals()).toBe(20);
    expect(stopped).toEqual(Array.from({ length: 5 }, () => 'too-many-guesses'));
    expect(files.kept.size + files.arrived.size).toBe(0);
    await world.run();
    expect(world.mails.filter(({ text }) => text.includes('offer.pdf'))).toHaveLength(20);

    await world.advance(1 / 60);
    await flood(1);

    expect(await refusals()).toBe(21);
  });

  it('is counted when the approval refuses it, too', async () => {
    const { deps, arrive, world, record } = await openFiles();
    const keys = [];
    for (let count = 0; count < 21; count += 1) {
      keys.push(await arrive(`${count}.pdf`, DOCUMENT));
    }
    await world.decide(MANAGER, 'reject', 'too dear');

    for (const key of keys) {
      expect(await keepFile(deps, key)).toBe('refused');
    }

    expect((await record()).filter(({ type }) => type === 'DecisionRefused')).toHaveLength(20);
  });

  it('that was refused takes from nobody the attempts to decide', async () => {
    const { send, taskPath, deps } = await openFiles();
    for (let count = 0; count < 20; count += 1) {
      await send('offer.pdf', SCRIPT);
    }
    const [, , , processId = '', approvalId = ''] = (await taskPath()).split('/');
    const task = { employeeId: MANAGER, processId, approvalId, via: 'signed-in' } as const;
    const asked = { level: 0, round: 1, documentVersion: 1 };

    const wish = { kind: 'decide', action: 'approve', comment: '' } as const;
    expect(await actInPerson(deps, task, asked, wish)).toMatchObject({ kind: 'decided' });
  });
});
