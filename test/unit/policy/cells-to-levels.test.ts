import { describe, expect, it } from 'vitest';
import type { ApprovalLevel, LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { type ApprovalQuestion, tryPlan } from '../../../functions/approvals/plan-approval.ts';
import { parseDirectory } from '../../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { PLAIN } from '../../support/scopes.ts';
import { rulesWith } from './rule-files.ts';

const CHANGED: { readonly [employeeId: string]: object } = {
  /** A second buyer, in the department of the cost centre. */
  'E-1014': { posts: ['buyer'] },
  /** Covers the orders of these tests, so that nobody comes in the place of the IT manager. */
  'E-4005': { approvalLimit: '50000' },
};
const COMPANY = parseDirectory({
  ...directoryData,
  people: directoryData.people.map((one) => ({ ...one, ...CHANGED[one.employeeId] })),
});
const directory = createFileDirectory(COMPANY);

/** A question that one row answers, and where nobody needs authority: whom the cells name are asked. */
const QUESTION: ApprovalQuestion = {
  subject: 'invoice-mismatch',
  requesterId: 'E-1001',
  amount: '6000',
  costCentre: 'CC-300',
  scope: PLAIN,
  excluded: [],
  choices: { approvers: { reviewer: 'E-2007', buyer: 'E-4001' }, fields: { lead: 'E-2002', clerk: 'E-1014' } },
};
const [MANAGER, THEIRS, GENERAL_MANAGER, CHAIRMAN] = ['E-2001', 'E-3001', 'E-0002', 'E-0001'];
const [BUYER_HERE, BUYER_ELSEWHERE, HEAD, ACCOUNTANT] = ['E-1014', 'E-4001', 'E-3002', 'E-4003'];

interface Cells {
  readonly approver: string;
  readonly mode: string;
  readonly opens: string;
}

function cellsOf(row: number, { approver, mode, opens }: Cells): string {
  const cell = (column: number, text: string) =>
    `<outputEntry id="row_${row}_result_${column}">\n          <text>"${text}"</text>\n        </outputEntry>`;
  return [cell(2, approver), cell(6, mode), cell(7, opens)].join('\n        ');
}

/** Who is asked where the row has these cells in the place of the delivered ones. */
async function tried(row: number, delivered: Cells, cells: Partial<Cells>, question: Partial<ApprovalQuestion> = {}) {
  const files = rulesWith(cellsOf(row, delivered), cellsOf(row, { ...delivered, ...cells }));
  const policies = createPolicies(await compileRules(files));
  return tryPlan({ ...QUESTION, ...question }, { directory, policies });
}

const BUYER: Cells = { approver: 'post:buyer', mode: 'any', opens: 'after' };

async function levelsOf(
  cells: Partial<Cells>,
  question?: Partial<ApprovalQuestion>,
): Promise<readonly ApprovalLevel[]> {
  const result = await tried(8, BUYER, cells, question);
  if ('refusal' in result) throw result.refusal;
  return result.plan.levels;
}

const modesOf = (people: readonly string[]): readonly (readonly [string, LevelMode])[] => [
  ['any', { kind: 'any' }],
  ['claim', { kind: 'claim' }],
  ['all', { kind: 'all' }],
  ['in turn', { kind: 'in-turn' }],
  ['quorum 1', { kind: 'quorum', needed: 1 }],
  ['weighted 1', { kind: 'weighted', needed: 1, weights: Object.fromEntries(people.map((id) => [id, 1])) }],
];

describe('a cell of the column approver', () => {
  it.each([
    ['manager', [MANAGER]],
    ['manager-2', [THEIRS]],
    ['manager-3', [GENERAL_MANAGER]],
    ['manager-4', [CHAIRMAN]],
    ['chain', [MANAGER, THEIRS]],
    ['department-head', [HEAD]],
    ['post:buyer', [BUYER_HERE, BUYER_ELSEWHERE]],
    ['post:buyer@cost-centre', [BUYER_HERE]],
    ['person:E-4003', [ACCOUNTANT]],
    ['choice:reviewer', ['E-2007']],
    ['choice:buyer@post:buyer', [BUYER_ELSEWHERE]],
    ['field:lead', ['E-2002']],
    ['field:clerk@post:buyer', [BUYER_HERE]],
    ['manager, department-head,post:accounting', [MANAGER, HEAD, ACCOUNTANT]],
    ['post:buyer, choice:reviewer, chain', [BUYER_HERE, BUYER_ELSEWHERE, 'E-2007', MANAGER, THEIRS]],
  ])('that says %s asks these people, in this order, in every mode', async (approver, people) => {
    for (const [mode, kind] of modesOf(people)) {
      expect(await levelsOf({ approver, mode })).toEqual([
        expect.objectContaining({ rule: approver.replaceAll(/,\s*/gu, ', '), approverIds: people, mode: kind }),
      ]);
    }
  });

  it.each(['any', 'claim'] as const)(
    'that says previous@post:buyer asks all holders where nobody chose (%s)',
    async (mode) => {
      const people = async (approver: string) => (await levelsOf({ approver, mode }))[0];

      expect(await people('previous@post:buyer')).toMatchObject({
        approverIds: [BUYER_HERE, BUYER_ELSEWHERE],
        mode: { kind: mode },
      });
      expect(await people('previous@post:buyer@cost-centre')).toMatchObject({ approverIds: [BUYER_HERE] });
    },
  );

  it.each([
    ['100', [MANAGER]],
    ['5000', [MANAGER]],
    ['5000.01', [MANAGER, THEIRS]],
    ['50000.01', [MANAGER, THEIRS, GENERAL_MANAGER]],
    ['900000000', [MANAGER, THEIRS, GENERAL_MANAGER, CHAIRMAN]],
  ])('that says chain asks for %s up to the first manager whose limit covers it', async (amount, people) => {
    expect((await levelsOf({ approver: 'chain', mode: 'all' }, { amount }))[0]?.approverIds).toEqual(people);
  });

  it('asks the department of the cost centre, whatever the requester’s is', async () => {
    const inOperations = { costCentre: 'CC-100', requesterId: 'E-1002' };

    expect((await levelsOf({ approver: 'department-head' }, inOperations))[0]?.approverIds).toEqual([THEIRS]);
    expect((await levelsOf({ approver: 'post:buyer@cost-centre' }, inOperations))[0]?.approverIds).toEqual([
      BUYER_ELSEWHERE,
    ]);
  });

  it.each(['manager-5', 'manager-9'])(
    'that says %s is never an approval where nobody stands so high',
    async (approver) => {
      expect(await tried(8, BUYER, { approver })).toMatchObject({ refusal: { rule: 'no-approver' } });
    },
  );
});

describe('a cell of the column mode', () => {
  const approver = 'manager, department-head*2, post:accounting';
  const people = [MANAGER, HEAD, ACCOUNTANT];

  it.each<readonly [string, LevelMode]>([
    ['any', { kind: 'any' }],
    ['claim', { kind: 'claim' }],
    ['all', { kind: 'all' }],
    ['in turn', { kind: 'in-turn' }],
    ['quorum 2', { kind: 'quorum', needed: 2 }],
    ['quorum 3', { kind: 'quorum', needed: 3 }],
    ['weighted 3', { kind: 'weighted', needed: 3, weights: { 'E-2001': 1, 'E-3002': 2, 'E-4003': 1 } }],
    ['weighted 4', { kind: 'weighted', needed: 4, weights: { 'E-2001': 1, 'E-3002': 2, 'E-4003': 1 } }],
  ])('that says %s is how they decide; weights count in the mode weighted alone', async (mode, becomes) => {
    expect(await levelsOf({ approver, mode })).toEqual([
      expect.objectContaining({ approverIds: people, mode: becomes, isParallel: false }),
    ]);
  });

  it('gives each holder of a post the weight of the post', async () => {
    const [level] = await levelsOf({ approver: 'post:buyer*12, manager', mode: 'weighted 13' });

    expect(level?.mode).toEqual({
      kind: 'weighted',
      needed: 13,
      weights: { [BUYER_HERE]: 12, [BUYER_ELSEWHERE]: 12, [MANAGER]: 1 },
    });
  });

  it.each(['quorum 4', 'weighted 5'])(
    'that says %s is never an approval where all of them are too few',
    async (mode) => {
      expect(await tried(8, BUYER, { approver, mode })).toMatchObject({ refusal: { rule: 'no-approver' } });
    },
  );

  it.each(['quorum', 'quorum 0', 'weighted 100', 'in-turn', 'any 2', 'All'])(
    'is refused where it says %s',
    async (mode) => {
      await expect(levelsOf({ mode })).rejects.toThrow('must be any, claim, all, in turn, or quorum or weighted');
    },
  );
});

describe('a cell of the column opens', () => {
  const ORDER = { subject: 'order' } as const;

  /** Three levels: the manager, the IT manager, the department head. */
  async function parallel(row: number, approver: string, opens: string) {
    const result = await tried(row, { ...BUYER, approver }, { opens }, ORDER);
    if ('refusal' in result) throw result.refusal;
    return result.plan.levels.map(({ name, isParallel }) => [name, isParallel]);
  }

  const [first, second, third] = ['Manager', 'IT manager', 'Department head'];

  it('that says after opens its level once the one before is decided', async () => {
    expect(await parallel(3, 'department-head', 'after')).toEqual([
      [first, false],
      [second, false],
      [third, false],
    ]);
  });

  it('that says beside opens its level together with the one before it alone', async () => {
    expect(await parallel(2, 'post:it-manager', 'beside')).toEqual([
      [first, false],
      [second, true],
      [third, false],
    ]);
    expect(await parallel(3, 'department-head', 'beside')).toEqual([
      [first, false],
      [second, false],
      [third, true],
    ]);
  });

  it('that says beside says nothing on the first level', async () => {
    expect((await parallel(1, 'manager', 'beside'))[0]).toEqual([first, false]);
  });

  it('is refused where it says anything else', async () => {
    await expect(levelsOf({ opens: 'with' })).rejects.toThrow('must be after or beside the level before');
  });
});
