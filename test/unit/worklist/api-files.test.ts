/** Files of a task by the API: who adds and reads them, and who does not. */
import { describe, expect, it } from 'vitest';
import { keepReceipt } from '../../../functions/expenses/receipts/keep-receipt.ts';
import { readReceipt } from '../../../functions/expenses/receipts/read-receipt.ts';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { DOCUMENT, SCRIPT } from '../../support/sample-files.ts';
import { pictureReader } from '../../support/sample-pictures.ts';
import { firstTaskOf, openWorklistApi } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const COLLEAGUE = 'E-1002';
const CHIEF = 'E-4003';

/** The manager's OA, and the files of its task. */
async function opened() {
  const rig = await openWorklistApi();
  const manager = rig.as(MANAGER);
  const { path, asked } = await firstTaskOf(manager);
  const files = `${path}/files`;
  const ask = () => manager.post(files, {}, null);
  const send = async (name: string, content: Uint8Array) => {
    const form = contract.uploadForm.parse((await ask()).body);
    expect(rig.files.send(form, name, content)).toEqual({ taken: true });
    return rig.keepArrived();
  };
  const list = async (employeeId = MANAGER) => contract.fileList.parse((await rig.as(employeeId).get(files)).body);
  return { ...rig, manager, path, paths: files, asked, ask, send, list, store: rig.files };
}

/** With one file, and where it is to be had. */
async function withFile() {
  const rig = await opened();
  await rig.send('offer.pdf', DOCUMENT);
  const { files } = await rig.list();
  return { ...rig, filePath: `${rig.paths}/${files[0]?.fileId}` };
}

describe('files by the API', () => {
  it('are added by a form that the caller asks for, and the record says that it was the API', async () => {
    const { ask, send, list, world, event } = await opened();

    const { status, body } = await ask();

    expect(status).toBe(200);
    expect(body).toMatchObject({ action: 'https://files.meridian.example/', fileField: 'file', maxBytes: 10_000_000 });
    expect(await send('报价.pdf', DOCUMENT)).toBe('kept');
    expect(await list()).toMatchObject({
      files: [{ name: '报价.pdf', mediaType: 'application/pdf', bytes: DOCUMENT.byteLength }],
      canAttach: true,
    });
    expect((await world.record(event)).find(({ type }) => type === 'FileAttached')).toMatchObject({
      actor: { kind: 'person', id: MANAGER },
      facts: { via: 'api' },
    });
  });

  it('are given by an address that is good for five minutes', async () => {
    const { manager, filePath, store, world } = await withFile();

    const { status, body } = await manager.get(filePath);

    expect(status).toBe(200);
    const { url, expiresAt } = contract.fileAddress.parse(body);
    expect(store.get(url)).toMatchObject({ mediaType: 'application/pdf', savedAs: 'offer.pdf' });
    expect(Date.parse(expiresAt) - world.decisionDeps().clock.now().getTime()).toBe(5 * 60_000);
  });

  it('are judged by their content when they arrive', async () => {
    const { send, list } = await opened();

    expect(await send('offer.pdf', SCRIPT)).toBe('refused');
    expect(await list()).toMatchObject({ files: [] });
  });

  it('are not added once the question has ended, and the answer says why', async () => {
    const { manager, path, asked, ask, list } = await withFile();
    await manager.post(`${path}/actions`, { kind: 'decide', action: 'reject', comment: 'no', ...asked }, 'key-1');

    const { status, body } = await ask();

    expect([status, body.code]).toEqual([409, 'already-decided']);
    expect(await list()).toMatchObject({ files: [{ name: 'offer.pdf' }], canAttach: false });
  });

  it.each([
    ['a colleague', COLLEAGUE],
    ['the requester, whose task it is not', 'E-1001'],
  ])('are not there for %s', async (_who, employeeId) => {
    const { as, paths, filePath } = await withFile();
    const other = as(employeeId);

    const answers = await Promise.all([other.get(paths), other.post(paths, {}, null), other.get(filePath)]);

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([404, 'not-found']));
  });

  it('are not there any more for whoever gave the task away, but for who has it now', async () => {
    const { as, manager, path, asked, paths, filePath } = await withFile();

    const given = await manager.post(`${path}/actions`, { kind: 'transfer', to: CHIEF, ...asked }, 'key-1');
    const after = await Promise.all([manager.get(paths), manager.post(paths, {}, null), manager.get(filePath)]);

    expect(given.status).toBe(200);
    expect(after.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await as(CHIEF).get(filePath)).status).toBe(200);
  });

  it('are not to be had by an id that was guessed, or by the one of another process', async () => {
    const { manager, paths, filePath } = await withFile();
    const guesses = [`${paths}/${'0'.repeat(32)}`, filePath.replace(/P2P-[^/]+/, 'P2P-other'), `${paths}/..%2Fother`];

    const answers = await Promise.all(guesses.map((guess) => manager.get(guess)));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 400]);
  });

  it('of a receipt are sent by a form that needs no task, and have an id for the claim', async () => {
    const { as, store } = await opened();

    const { status, body } = await as(COLLEAGUE).post('/api/v1/receipt-files', {}, null);

    expect(status).toBe(200);
    const { fileId, ...form } = contract.receiptUpload.parse(body);
    expect(store.send(form, 'dinner.pdf', DOCUMENT)).toEqual({ taken: true });
    expect(await keepReceipt({ files: store, pictures: pictureReader() }, [...store.arrived.keys()].at(-1) ?? '')).toBe(
      'kept',
    );
    expect(await readReceipt(store, COLLEAGUE, fileId)).toMatchObject({ file: { kind: 'for-people' } });
  });

  it('of an earlier version are listed with the next one, with the version they belong to', async () => {
    const { world, event, as, manager, filePath } = await withFile();
    await world.returnIt(MANAGER);
    await world.resubmit(event);
    const { path } = await firstTaskOf(manager);

    const { body } = await as(MANAGER).get(`${path}/files`);

    expect(contract.fileList.parse(body).files).toMatchObject([{ name: 'offer.pdf', version: 1 }]);
    const [fileId] = filePath.split('/').slice(-1);
    expect((await manager.get(`${path}/files/${fileId}`)).status).toBe(200);
  });
});
