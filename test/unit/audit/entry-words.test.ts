import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entrySentence, entryTone } from '../../../functions/audit/entry-words.ts';
import { readFacts } from '../../../functions/audit/fact-reader.ts';
import { readKey } from '../../../functions/audit/read-key.ts';
import { readTimeline } from '../../../functions/audit/timeline.ts';
import { createTimelinePage } from '../../../functions/audit/timeline-page.tsx';
import { createProcess } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { newHead, noted } from '../process/heads.ts';

const FUNCTIONS = join(import.meta.dirname, '../../../functions');
const WORDS_FILES = ['audit/entry-words.ts', 'audit/approval-words.ts'].map((file) => join(FUNCTIONS, file));
const LANGUAGES = ['en', 'zh-CN'] as const;

/** Facts of the ERP are no entries: whoever records one chooses the entry's type. */
const NO_ENTRIES = /^(audit|events|connectors\/erp)\//;

/** Where sources name the type of an entry: as a member, among a process's own, as a variable, or in a call that makes one. */
const PLACES = [
  /\btype:[^,;\n]*/g,
  /\bentryTypes: \{[^}]*\}/g,
  /\bconst types?\b[^;]*;/g,
  /\bentry(?:Of)?\(\s*'[^']*'/g,
];

function sources(): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !NO_ENTRIES.test(file))
    .map((file) => ({ file, text: readFileSync(join(FUNCTIONS, file), 'utf8') }));
}

/** Every type of entry that some source writes. */
function writtenTypes(): ReadonlySet<string> {
  const found = sources().flatMap(({ text }) =>
    PLACES.flatMap((place) =>
      [...text.matchAll(place)].flatMap(([match]) => [...match.matchAll(/'([A-Z][A-Za-z]+)'/g)]),
    ),
  );
  return new Set(found.flatMap(([, type]) => (type === undefined || type === type.toUpperCase() ? [] : [type])));
}

/** Every type that has words. */
function wordedTypes(): readonly string[] {
  const text = WORDS_FILES.map((file) => readFileSync(file, 'utf8')).join('\n');
  return [...text.matchAll(/^ {2}([A-Z]\w+): (?:plain|bad|quiet)\(/gm)].flatMap(([, type]) => type ?? []);
}

function surroundings(language: (typeof LANGUAGES)[number]) {
  return { language, timeZone: 'Asia/Shanghai', nameOf: (id: string) => `name of ${id}` };
}

describe('the words of a record', () => {
  it('exist for every entry that any source writes', () => {
    const written = [...writtenTypes()];

    const wordless = written.filter((type) =>
      LANGUAGES.some((language) => entrySentence(type, readFacts({}, surroundings(language))) === type),
    );

    expect(wordless).toEqual([]);
    expect(written.length).toBeGreaterThan(40);
    expect(written).toEqual(
      expect.arrayContaining(['Withdrawn', 'OrderKept', 'PaymentFailed', 'MailSkipped', 'OaTold']),
    );
  });

  it('exist for no entry that nothing writes', () => {
    const written = writtenTypes();

    expect(wordedTypes().filter((type) => !written.has(type))).toEqual([]);
  });

  it('never fail, whatever somebody wrote into the facts', () => {
    const facts = {
      levels: 7,
      issues: [null, 'x', { field: [] }],
      total: {},
      deadline: 'never',
      amount: { amount: 'x' },
    };

    for (const type of wordedTypes()) {
      for (const language of LANGUAGES) {
        expect(entrySentence(type, readFacts(facts, surroundings(language)))).toMatch(/./);
      }
    }
  });

  it('show the type itself of an entry that they do not know', () => {
    expect(entrySentence('Forged', readFacts({}, surroundings('en')))).toBe('Forged');
    expect(entryTone('Forged')).toBe('plain');
  });

  it('leave the name of the ERP as it is written', () => {
    const facts = readFacts({ subject: 'order', outcome: 'cancelled-in-erp' }, surroundings('en'));

    expect(entrySentence('ApprovalClosed', facts)).toBe('Purchase approval ended: cancelled in the ERP');
  });

  it('name the field of what is wrong once, whether its sentence begins with it or not', () => {
    const issues = [
      { field: 'claim.total', problem: 'claim.total: is 1.01; write 1.00.', problemZh: 'claim.total：有误。' },
      { field: 'claim.title', problem: 'is missing' },
    ];

    expect(entrySentence('ReturnedByCheck', readFacts({ issues }, surroundings('en')))).toContain(
      'requester: claim.total: is 1.01; write 1.00.; claim.title: is missing',
    );
  });

  it.each([
    [
      'TaskRerouted',
      { operator: 'Lin', levels: [{ name: 'Manager', approverIds: ['E-1'] }] },
      'Rules or organisation changed (Lin): it goes to Manager (name of E-1)',
      '规则或组织架构已变更（Lin），后续审批：',
    ],
    [
      'TaskRerouted',
      { operator: `policies 1a2b3c4d${'0'.repeat(56)}`, levels: [{ name: 'Manager', approverIds: ['E-1'] }] },
      'Rules or organisation changed (policies 1a2b3c4d, by itself): it goes to Manager (name of E-1)',
      '规则或组织架构已变更（审批政策 1a2b3c4d，系统自动），后续审批：',
    ],
    [
      'PoliciesFollowed',
      { digest: `1a2b3c4d${'0'.repeat(56)}`, directoryVersion: 2, moved: 3, unchanged: 40, failed: 1 },
      'Open tasks followed the policies 1a2b3c4d and version 2 of the directory: 3 changed, 40 were right, 1 could not follow',
      '待办任务已按审批政策 1a2b3c4d 与组织架构第 2 版核对：变更 3 项，无需变更 40 项，无法变更 1 项',
    ],
    [
      'HandOverRefused',
      { operator: 'Lin', from: 'E-1', to: 'E-2', message: 'whoever is named is the requester' },
      'Lin could not hand the task of name of E-1 over to name of E-2 (whoever is named is the requester)',
      'Lin未能将name of E-1的任务移交给name of E-2',
    ],
    [
      'HandOverRefused',
      { administrator: 'E-9', from: 'E-1', message: 'whoever is named is nobody active in the directory' },
      'name of E-9 could not hand the task of name of E-1 over to nobody known here',
      '移交给未知人员',
    ],
    [
      'AdministrationRefused',
      { employeeId: 'E-1', action: 'hand-over', refusal: 'not-your-role', from: 'E-2' },
      'name of E-1 tried a hand-over from name of E-2, which did not count: they are no administrator',
      'name of E-1尝试移交任务，原处理人name of E-2，未生效：无管理员权限',
    ],
    [
      'VisitRefused',
      { employeeId: 'E-1', page: '/audit', refusal: 'not-your-role' },
      'name of E-1 asked for the pages of auditors, and was shown none',
      'name of E-1尝试查看审计页面，因无权限被拒绝',
    ],
    [
      'SubstituteRefused',
      { employeeId: 'E-1', action: 'name', issues: [{ field: 'person', reason: 'several' }] },
      'name of E-1 tried to name a substitute, which did not count (person: Several people are called that',
      'name of E-1尝试指定代理人，未生效（person: 有多人同名',
    ],
    [
      'LevelOutOfReach',
      { levelName: 'Manager', lack: 'authority', addedIds: ['E-1'] },
      'Manager cannot be approved by those who are left: nobody’s limit covers the amount; name of E-1 asked to decide it',
      '均无相应金额权限；改请name of E-1审批',
    ],
    [
      'LevelOutOfReach',
      { levelName: 'Manager', lack: 'voices', addedIds: [] },
      'too few of them may decide; nobody above is left to ask',
      '可同意人数不足；已无上级可请',
    ],
    [
      'LinkLimitChanged',
      {
        operator: 'Lin',
        before: '100000',
        linkLimit: '5000',
        signInIds: ['E-1'],
        ruledBy: [{ table: 'link-limit', rows: [1] }],
      },
      'up to 5000 now, 100000 before, by row 1 of link-limit; name of E-1 must sign in to decide',
      '上限由 100000 改为 5000，依据 link-limit 第 1 行；name of E-1须登录后审批',
    ],
    [
      'ApprovalRouted',
      {
        subject: 'order',
        levels: [{ name: 'Manager', approverIds: ['E-1'] }],
        policyDigest: '0123456789ab',
        ruledBy: [
          { table: 'approval-levels', rows: [1, 3] },
          { table: 'link-limit', rows: [2] },
        ],
      },
      'goes to Manager (name of E-1) (policies 01234567), by rows 1, 3 of approval-levels; row 2 of link-limit',
      '（政策版本 01234567），依据 approval-levels 第 1、3 行；link-limit 第 2 行',
    ],
    [
      'LeaveApproved',
      {
        employeeId: 'E-1',
        begins: '2026-12-01T00:00:00Z',
        ends: '2026-12-02T00:00:00Z',
        substituteId: 'E-2',
        chosenBy: 'event',
      },
      'name of E-2 stands in (chosen by the request)',
      '由name of E-2代理（依据：请假单）',
    ],
    ['LeaveApproved', { employeeId: 'E-1', status: 'past' }, 'that was over already', '假期已过'],
    ['LeaveApproved', { employeeId: 'E-1', chosenBy: 'nobody' }, 'nobody can stand in', '无人可代理'],
    [
      'SubstituteNamed',
      { employeeId: 'E-1', substituteId: 'E-2', scope: ['payment'] },
      'name of E-1 named name of E-2 to stand in from  until  (payment approval)',
      '代理（付款审批）',
    ],
    [
      'SubstitutionEnded',
      { employeeId: 'E-1', substituteId: 'E-2' },
      'name of E-2 stands in no more',
      'name of E-2不再代理',
    ],
    ['LeaveCancelled', { employeeId: 'E-1' }, 'The leave of name of E-1 was cancelled', 'name of E-1的休假已取消'],
    [
      'DirectoryChanged',
      { operator: 'Lin', version: 2, before: 1, people: 60 },
      'Lin put version 2 of the directory in use (60 people; before: 1)',
      'Lin 启用了组织架构第 2 版（人员：60；此前为第 1 版）',
    ],
    ['DirectoryChanged', { operator: 'Lin', version: 0, before: 2 }, 'the deployment’s people', '随部署文件'],
  ])('say what %s did', (type, facts, english, chinese) => {
    expect(entrySentence(type, readFacts(facts, surroundings('en')))).toContain(english);
    expect(entrySentence(type, readFacts(facts, surroundings('zh-CN')))).toContain(chinese);
  });

  it.each([
    ['en', 'Tried again by name of operators (name of Lin) as'],
    ['zh-CN', 'name of operators（name of Lin）：已重试'],
  ] as const)('name the operator who decided, as the directory knows them (%s)', (language, sentence) => {
    const facts = { action: 'retry', employeeId: 'operators', levelName: 'operators', operator: 'Lin' };

    expect(entrySentence('DecisionMade', readFacts(facts, surroundings(language)))).toContain(sentence);
  });
});

type Story = (world: PurchaseWorld) => Promise<void>;

const event = requisitionEvent();
const stories: readonly (readonly [string, Story])[] = [
  [
    'that is paid',
    async (world) => {
      await world.poll();
      await world.submit(event);
      await world.approveOrder();
      await world.deliver();
      await world.pay();
    },
  ],
  [
    'whose invoice differs, and is accepted',
    async (world) => {
      await world.submit(event);
      await world.approveOrder();
      world.erp.receiveGoods('PO-1');
      world.erp.enterInvoice('PO-1', { prices: { 1: '720.00' } });
      await world.poll();
      await world.decide('E-4001', 'accept', 'Agreed');
      await world.decide('E-4002', 'approve');
    },
  ],
  [
    'that is rejected',
    async (world) => {
      await world.submit(event);
      await world.decide('E-2001', 'reject');
      await world.decide('E-2001', 'reject', 'No');
    },
  ],
  [
    'that is withdrawn after the order',
    async (world) => {
      await world.submit(event);
      await world.approveOrder();
      await world.withdraw(event);
    },
  ],
  ['that is refused', (world) => world.submit(requisitionEvent({ requisition: { total: '1.00', lines: [] } }))],
  [
    'that nobody decides',
    async (world) => {
      await world.submit(event);
      await world.advance(24 * 8);
    },
  ],
  [
    'whose goods do not come',
    async (world) => {
      await world.submit(event);
      await world.approveOrder();
      await world.advance(24 * 91);
      await world.decide('operators', 'cancel', 'Nobody knows where they are');
    },
  ],
  [
    'whose order is cancelled in the ERP',
    async (world) => {
      await world.poll();
      await world.submit(event);
      await world.approveOrder();
      world.erp.cancelOrderInErp('PO-1');
      await world.poll();
    },
  ],
];

describe('the record of a purchase', () => {
  it.each(stories)('%s is told in whole sentences, in both languages', async (_, story) => {
    const world = new PurchaseWorld();
    await story(world);

    const record = await world.record(event);

    expect(record.length).toBeGreaterThan(2);
    for (const { type, facts } of record) {
      for (const language of LANGUAGES) {
        const sentence = entrySentence(type, readFacts(facts, surroundings(language)));
        // A fact under another name than the words expect leaves such a gap.
        expect(`${type}: ${sentence}`).not.toMatch(/ {2}|\(\)|（）|undefined|[:：] ?$|name of(?: |$)(?!\w)|\[object/);
        expect(sentence).not.toBe(type);
      }
    }
  });

  it.each(stories)('%s names its people, not their numbers', async (_, story) => {
    const world = new PurchaseWorld();
    await story(world);
    const { processId } = await world.head(event);

    const timeline = await readTimeline({ store: world.store, directory: world.directory }, processId);

    const nameOf = (id: string) => timeline?.names.get(id) ?? id;
    for (const { type, facts } of await world.record(event)) {
      const sentence = entrySentence(type, readFacts(facts, { ...surroundings('en'), nameOf }));
      expect(`${type}: ${sentence}`).not.toMatch(/E-\d{4}/);
    }
  });

  it.each([
    'addedIds',
    'employeeId',
    'named',
    'onBehalfOf',
    'escalatedTo',
    'owner',
    'reminded',
    'requesterId',
    'substituteId',
    'to',
  ])('names who is known by %s alone', async (fact) => {
    const store = new MemoryStore();
    const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
    const { directory } = new PurchaseWorld();
    const requesterId = 'E-1002';
    await createProcess(deps, newHead({ requesterId }), { entries: [noted({ [fact]: 'E-3001' })] }, []);

    const timeline = await readTimeline({ store, directory }, 'P2P-1');

    expect(timeline?.names.get('E-3001')).toBe((await directory.person('E-3001'))?.name);
    expect(timeline?.names.get(requesterId)).toBe('Daniel Brooks');
  });

  it('opens on a phone that only asks for its head, and is changed by nothing', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const { processId } = await world.head(event);
    const commits = world.store.commits;
    const page = createTimelinePage({
      ...world.decisionDeps(),
      recordKey: async () => 'key',
      timeZone: 'Asia/Shanghai',
    });
    const ask = (method: string) =>
      page.request(`/record/${processId}?key=${readKey('key', processId)}`, { method }, { sourceIp: '192.0.2.1' });

    const head = await ask('HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await ask(method)).status).toBe(404);
    }
    expect(world.store.commits).toBe(commits);
  });
});
