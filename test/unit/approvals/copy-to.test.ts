import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RULED_COPIES } from '../../../functions/approvals/domain/copy-to.ts';
import { changed, HEAD, input, MANAGER, person, planned, type Situation } from './companies.ts';

const copying = (...rules: string[]) => ({ ...HEAD, copyTo: { row: 3, rules } });
const routed = (rules: readonly string[], more: Situation = {}) => planned(input([MANAGER, copying(...rules)], more));

describe('who is copied by the rules', () => {
  it('is whom they name, each once and by the row that names them first', () => {
    const levels = [
      { ...MANAGER, copyTo: { row: 1, rules: ['post:cashier'] } },
      copying('person:cashier', 'manager-3'),
    ];

    expect(planned(input(levels)).copyTo).toEqual([
      { employeeId: 'cashier', row: 1, rule: 'post:cashier' },
      { employeeId: 'chief', row: 3, rule: 'manager-3' },
    ]);
  });

  it('is neither the requester nor anybody who is asked', () => {
    const plan = routed(['person:asker', 'manager', 'department-head']);

    expect([plan.copyTo, plan.routing]).toEqual([undefined, []]);
  });

  it('is nobody for a vacant post and for somebody who has left: the levels stay, and a note says why', () => {
    const people = changed('accountant', { active: false });
    const plan = routed(['post:cashier', 'person:accountant', 'person:stranger'], { people, cashiers: [] });
    const note = { kind: 'not-copied', level: HEAD.level };

    expect(plan.copyTo).toBeUndefined();
    expect(plan.levels).toEqual(planned(input([MANAGER, HEAD])).levels);
    expect(plan.routing).toEqual([
      { ...note, reason: 'post:cashier (row 3): the post is vacant' },
      { ...note, from: 'accountant', reason: 'person:accountant (row 3): is inactive' },
      { ...note, reason: 'person:stranger (row 3): the directory does not know the person' },
    ]);
  });

  it('is bounded: a note names whoever comes too late', () => {
    const crowd = Array.from({ length: MAX_RULED_COPIES + 1 }, (_, index) => person(`c${index}`, 'chief'));
    const people = [...changed('clerk', {}), ...crowd];
    const plan = routed(['post:cashier'], { people, cashiers: crowd.map(({ employeeId }) => employeeId) });

    expect(plan.copyTo).toHaveLength(MAX_RULED_COPIES);
    expect(plan.routing).toMatchObject([{ kind: 'not-copied', from: `c${MAX_RULED_COPIES}` }]);
  });

  it('never changes who decides, whatever the rules say', () => {
    const ids = ['chief', 'head', 'lead', 'asker', 'clerk', 'cashier', 'accountant'];
    const rules = fc.array(
      fc.constantFrom(
        'manager',
        'manager-2',
        'manager-9',
        'chain',
        'department-head',
        'post:cashier',
        'post:none',
        'person:clerk',
        'person:gone',
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(rules, fc.constantFrom(...ids), fc.subarray(ids), (copied, requesterId, inactive) => {
        const people = changed('', {}).map((one) => ({ ...one, active: !inactive.includes(one.employeeId) }));
        const question = { requesterId, people };
        const attempt = (level: typeof HEAD) => {
          try {
            return planned(input([MANAGER, level], question));
          } catch (error) {
            return String(error);
          }
        };
        const [plain, plan] = [attempt(HEAD), attempt(copying(...copied))];
        if (typeof plain === 'string' || typeof plan === 'string') {
          expect(plan).toBe(plain);
          return;
        }
        const { copyTo = [], routing, ...rest } = plan;
        const { routing: detours, ...others } = plain;
        expect(rest).toEqual(others);
        expect(routing.filter(({ kind }) => kind !== 'not-copied')).toEqual(detours);
        const readers = copyTo.map(({ employeeId }) => employeeId);
        const knowing = [requesterId, ...inactive, ...plan.levels.flatMap(({ approverIds }) => approverIds)];
        expect(new Set(readers).size).toBe(readers.length);
        expect(readers.filter((id) => knowing.includes(id))).toEqual([]);
      }),
    );
  });
});
