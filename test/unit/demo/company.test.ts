import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planApproval } from '../../../functions/approvals/plan-approval.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { convert } from '../../../functions/money/money.ts';
import { checkRulesInCompany } from '../../../functions/policy/rules-in-company.ts';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { readImport } from '../../../local/tools/directory/read-import.ts';
import { SUPPLIERS } from '../../../local/tryton/company-data.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { COMPANY, companyPolicies, companyRules, directoryData } from '../../support/purchase-company.ts';

const FILE = readFileSync('local/demo/directory.json');
const NOW = new Date('2026-11-26T09:00:00+08:00');
const CURRENCIES = [...new Set(SUPPLIERS.map(({ currency }) => currency))];
/** Of each currency: one for the manager alone, and one for each limit above. */
const TOTALS = ['100', '3500', '9000', '90000'];

const directory = createFileDirectory(directoryData);
const { people, departments, costCentres, posts } = directoryData;
const active = people.filter((person) => person.active);

/** Who would be asked; a refusal is a task for the operators, by its name. */
async function askedFor(requesterId: string, costCentre: string, amount: string, currency: string) {
  const document = { title: '', currency: 'CNY', total: amount, baseTotal: amount, baseCurrency: 'CNY' };
  try {
    const plan = await planApproval(
      {
        ...{
          approvalId: 'order-v1',
          subject: 'order',
          documentVersion: 1,
          excluded: [],
          requesterId,
          costCentre,
          scope: { lines: ['', 'custom-made'].map((category) => ({ category, currency })) },
          amount,
        },
        document: { ...document, lines: [], notes: [] },
      },
      { directory, policies: companyPolicies },
    );
    return plan.levels.map(({ approverIds }) => approverIds);
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) throw error;
    return error.rule;
  }
}

describe('the demonstration company', () => {
  it('has sixty people in two legal entities, on many clocks, in both languages, of whom one has left and three are away', () => {
    const away = active.filter(({ absences = [] }) =>
      absences.some(({ from, until }) => Date.parse(from) <= NOW.getTime() && NOW.getTime() < Date.parse(until)),
    );
    const ofEurope = active.filter(({ departmentId }) => departmentId.startsWith('D-EU'));

    expect([people.length, active.length, away.length]).toEqual([60, 59, 3]);
    expect([ofEurope.length, costCentres.filter(({ costCentreId }) => costCentreId.startsWith('CC-E')).length]).toEqual(
      [18, 4],
    );
    expect(new Set(active.map(({ timeZone = COMPANY.timeZone }) => timeZone)).size).toBeGreaterThanOrEqual(8);
    expect(new Set(active.map(({ locale }) => locale))).toEqual(new Set(['zh-CN', 'en']));
    expect(CURRENCIES).toEqual(['CNY', 'USD', 'EUR']);
  });

  it('is taken by the import as it stands, and lacks only what is vacant on purpose', async () => {
    const read = readImport([{ name: 'directory.json', bytes: FILE }], directoryData);
    const vacant = posts.filter(({ postId }) => !active.some((person) => person.posts.includes(postId)));
    const headless = departments.filter(({ headId }) => !active.some(({ employeeId }) => employeeId === headId));

    expect(read).toEqual({ data: directoryData, notes: [] });
    expect(checkRulesInCompany(companyRules, { ...COMPANY, directory: directoryData })).toEqual({
      mistakes: [],
      remarks: [],
    });
    expect(vacant.map(({ postId }) => postId)).toEqual(['quality-inspector', 'legal-counsel']);
    expect(headless.map(({ departmentId }) => departmentId)).toEqual(['D-QA', 'D-EU-SALES']);
    expect([...vacant, ...headless].every(({ name }) => /空缺.*vacant/.test(name))).toBe(true);
  });

  it.each(CURRENCIES)(
    'finds somebody for every requisition in %s of everybody; the chairman’s are a task for the operators',
    async (currency) => {
      const rate = (await new FakeErp({ clock: { now: () => NOW } }).exchangeRate(currency, '2026-11-26')) ?? '';
      const amounts = TOTALS.map((amount) => convert({ amount, currency }, rate, COMPANY.currency).amount);
      for (const { employeeId, departmentId } of active) {
        const own = costCentres.filter((centre) => centre.departmentId === departmentId);
        expect(own.length, `a cost centre of ${departmentId}`).toBeGreaterThan(0);
        for (const [{ costCentreId }, amount] of own.flatMap((centre) =>
          amounts.map((sum) => [centre, sum] as const),
        )) {
          const asked = await askedFor(employeeId, costCentreId, amount, currency);

          const what = `${employeeId}, ${costCentreId}, ${amount}`;
          if (employeeId === 'E-0001') expect(asked, what).toBe('no-approver');
          else expect(asked, what).toSatisfy((levels) => isAnswered(levels, employeeId));
        }
      }
    },
  );

  it('lets only managers claim what guests cost: each manager’s grade, and no other’s', async () => {
    const managers = new Set(active.flatMap(({ managerId = [] }) => managerId));
    const hosts: string[] = [];
    for (const { employeeId, grade = '' } of active) {
      const limit = await companyPolicies.expenseLimit({ category: 'entertainment', grade });
      hosts.push(...(limit === undefined ? [] : [employeeId]));
    }

    expect(hosts).toEqual(active.map(({ employeeId }) => employeeId).filter((id) => managers.has(id)));
  });

  it('has somebody who stands in for each who is away', async () => {
    const standIns = await Promise.all(
      ['E-1010', 'E-2003', 'E-2102'].map(async (id) => (await directory.substitutesFor(id, NOW, 'order'))[0]),
    );

    expect(standIns).toMatchObject([{ employeeId: 'E-1009' }, { employeeId: 'E-3005' }, { employeeId: 'E-3104' }]);
  });

  it('binds the GmbH by its two managing directors together', async () => {
    expect((await askedFor('E-1101', 'CC-E100', '24000', 'CNY')).at(-1)).toEqual(['E-3101', 'E-3102']);
    expect((await askedFor('E-1001', 'CC-100', '24000', 'CNY')).at(-1)).toEqual(['E-3001']);
  });
});

/** Levels with people on each who are here, the requester never among them. */
function isAnswered(levels: unknown, requesterId: string): boolean {
  const isHere = (id: string) => id !== requesterId && active.some(({ employeeId }) => employeeId === id);
  return (
    Array.isArray(levels) && levels.length > 0 && levels.every((ids: string[]) => ids.length > 0 && ids.every(isHere))
  );
}
