import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { BY_LINK, readingsOf } from '../../../functions/audit/note-read.ts';
import { isReadKey, readKey, recordUrl } from '../../../functions/audit/read-key.ts';
import { createTimelinePage } from '../../../functions/audit/timeline-page.tsx';
import { parseDirectory } from '../../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { newHead, newWait } from '../process/heads.ts';

const SECRET = 'record key of this installation';
const PROCESS = 'P2P-1';
const COMPANY = join(import.meta.dirname, '../../../local/demo/directory.json');
const directory = createFileDirectory(parseDirectory(JSON.parse(readFileSync(COMPANY, 'utf8'))));

/** A process with a decision whose comment is personal, waiting for the second approver. */
async function story(comment = 'fine with me') {
  const store = new MemoryStore();
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
  const facts = { requesterId: 'E-1001', requestId: 'PR-1', system: 'demo-oa', title: '<b>Chairs</b> & paper' };
  const registered = { type: 'RequisitionRegistered', actor: { kind: 'oa', id: 'demo-oa' }, facts } as const;
  await createProcess(deps, newHead(), { entries: [registered] }, []);
  const decided = {
    type: 'DecisionMade',
    actor: { kind: 'person', id: 'E-1002' },
    facts: { employeeId: 'E-1002', action: 'approve', levelName: 'Manager', level: 0, subject: 'order' },
    personal: { comment },
  } as const;
  const change = { entries: [decided], open: { ...newWait('w-1'), owner: 'E-1002' } };
  await updateProcess<unknown, void>(deps, PROCESS, () => ({ change, output: undefined }));
  return store;
}

function get(store: ProcessStore, path: string, headers: Record<string, string> = {}) {
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(2) };
  const page = createTimelinePage({ ...deps, directory, recordKey: async () => SECRET, timeZone: 'Asia/Shanghai' });
  return page.request(path, { headers }, { sourceIp: '192.0.2.1' });
}

const PATH = `/record/${PROCESS}?key=${readKey(SECRET, PROCESS)}`;

async function html(store: ProcessStore, path = PATH): Promise<string> {
  const answer = await get(store, path);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe('the read link of a record', () => {
  it('opens one process of one installation, and nothing else', () => {
    const key = readKey(SECRET, PROCESS);

    expect(isReadKey(SECRET, PROCESS, key)).toBe(true);
    expect(isReadKey(SECRET, 'P2P-2', key)).toBe(false);
    expect(isReadKey('another secret', PROCESS, key)).toBe(false);
    expect(isReadKey(SECRET, PROCESS, `${key}A`)).toBe(false);
    expect(isReadKey(SECRET, PROCESS, '')).toBe(false);
    expect(recordUrl('https://pages.example', SECRET, PROCESS)).toBe(`https://pages.example${PATH}`);
  });
});

describe('the page of a record', () => {
  it('tells in words what happened, with names, comments, the open wait and that the record is whole', async () => {
    const page = await html(await story());

    expect(page).toContain('The record is whole');
    expect(page).toContain('2 entries');
    expect(page).toContain('李娜 Li Na filed the request as PR-1 in demo-oa');
    expect(page).toContain('fine with me');
    expect(page).toContain('Daniel Brooks sees to it');
  });

  it('speaks Chinese to who asks for it, by choice or by browser', async () => {
    const store = await story();

    expect(await html(store, `${PATH}&lang=zh`)).toContain('记录完整');
    const asked = await get(store, PATH, { 'accept-language': 'zh-CN,zh;q=0.9' });
    expect(await asked.text()).toContain('记录完整');
  });

  it('shows what people wrote as text, never as markup', async () => {
    const page = await html(await story('<script>alert(1)</script>'));

    expect(page).toContain('&lt;b&gt;Chairs&lt;/b&gt; &amp; paper');
    expect(page).not.toMatch(/<script|<b>/);
  });

  it('never shows a task token', async () => {
    expect(await html(await story())).not.toContain(newWait('w-1').token);
  });

  it('answers a wrong key and an unknown process alike', async () => {
    const store = await story();
    const wrong = await get(store, `/record/${PROCESS}?key=${readKey(SECRET, 'P2P-2')}`);
    const unknown = await get(store, `/record/P2P-2?key=${readKey(SECRET, 'P2P-2')}`);
    const keyless = await get(store, `/record/${PROCESS}`);

    expect([wrong.status, unknown.status, keyless.status]).toEqual([404, 404, 404]);
    const text = await wrong.text();
    expect(text).not.toContain('PR-1');
    expect(await unknown.text()).toBe(text);
    expect(await keyless.text()).toBe(text);
  });

  it('is noted as read, by whoever has the link, before it is shown', async () => {
    const store = await story();
    await html(store);
    expect(await readingsOf(store, PROCESS, '2026-01-01')).toMatchObject([
      { type: 'RecordRead', actor: BY_LINK, facts: { of: PROCESS, what: 'record' } },
    ]);

    const unwritable = await story();
    unwritable.commitFault = () => 'before';
    expect((await get(unwritable, PATH)).status).toBe(500);
  });

  it('says that personal values were erased, and that the record is whole without them', async () => {
    const store = await story();
    store.readPersonal = async () => [];

    const page = await html(store);

    expect(page).toContain('Personal values were erased.');
    expect(page).not.toContain('fine with me');
    expect(page).toContain('The record is whole');
  });

  it.each([
    ['an actor', (entry: RecordEntry) => ({ ...entry, actor: { kind: 'person', id: 'E-3001' } })],
    ['a time that is none', (entry: RecordEntry) => ({ ...entry, occurredAt: 'yesterday' })],
    [
      'facts of another shape',
      (entry: RecordEntry) => ({ ...entry, facts: { level: [{}], action: 7, levelName: null } }),
    ],
    ['an unknown type', (entry: RecordEntry) => ({ ...entry, type: 'Forged' })],
  ])('still shows a record into which somebody wrote %s, and says which entry', async (_, change) => {
    const store = await story();
    store.tamper(PROCESS, 2, (entry) => change(entry) as typeof entry);

    const page = await html(store);

    expect(page).toContain('The record is damaged');
    expect(page).toContain('#2: content was changed after it was recorded');
  });

  it('is neither cached nor framed nor told to other sites', async () => {
    const { headers } = await get(await story(), PATH);

    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });
});
