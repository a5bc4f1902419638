import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  listsToCompare,
  type Mark,
  marksOf,
  numberOf,
  standingMarks,
} from '../../../functions/compliance/domain/marks.ts';
import {
  enriched,
  findingsIn,
  invoiced,
  marksIn,
  processOf,
  refused,
  registered,
  validated,
  type Written,
} from './records.ts';

const anInvoice = fc
  .record({
    number: fc.integer({ min: 1, max: 3 }),
    reference: fc.constantFrom('A-1', 'a1', 'B-2'),
    total: fc.constantFrom('100.00', '100.50', '900.00'),
  })
  .map(({ number, reference, total }) => invoiced(`INV-${number}`, { reference, total }));
const aPart: fc.Arbitrary<Written> = fc.oneof(
  anInvoice,
  fc.constantFrom('3000', '2000', '9000').map((amount) => enriched(amount, ['P-1'])),
  fc.integer({ min: 0, max: 90 }).map((minute) => refused('E-1002', minute)),
  fc.constant<Written>({ type: 'SupplierInvoiceCancelled', facts: { invoiceId: 'INV-1' } }),
  fc.constant<Written>({ type: 'PurchaseClosed', facts: { outcome: 'rejected' } }),
);
const aCompany = fc
  .array(fc.array(aPart, { maxLength: 6 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((parts, index) => processOf(`P2P-${index}`, [registered(), validated(), ...parts])));

describe('marks', () => {
  it('mean the same in whatever order, and however often, they were written', () => {
    fc.assert(
      fc.property(
        aCompany.chain((processes) => {
          const marks = processes.flatMap(marksIn);
          return fc.tuple(
            fc.constant(marks),
            fc.shuffledSubarray([...marks, ...marks], { minLength: marks.length * 2 }),
          );
        }),
        ([marks, shuffled]: [readonly Mark[], readonly Mark[]]) => {
          expect(standingMarks(shuffled)).toEqual(standingMarks(marks));
        },
      ),
    );
  });

  it('are found on the lists that their process compares', () => {
    fc.assert(
      fc.property(aCompany, (processes) => {
        for (const placed of processes.flatMap(marksOf).filter(({ mark }) => mark.kind !== 'void')) {
          expect(listsToCompare(placed, 72)).toContain(placed.list);
        }
      }),
    );
  });

  it('let every process name a pair by the same case', () => {
    fc.assert(
      fc.property(aCompany, (processes) => {
        const subjects = processes.map((process) => {
          const others = processes.filter((other) => other !== process);
          return findingsIn([process, ...others])
            .filter(({ detector }) => detector === 'duplicate-invoice')
            .map(({ subject, processIds }) => ({ subject, processIds }));
        });
        for (const { subject, processIds } of subjects.flat()) {
          for (const processId of processIds) {
            expect(subjects[Number(processId.slice(4))]?.map((one) => one.subject)).toContain(subject);
          }
        }
      }),
    );
  });
});

describe('the number of an invoice', () => {
  it.each([
    ['INV 001-2026', 'INV0012026'],
    ['ｉｎｖ－００１', 'INV001'],
    ['000123', '123'],
    ['--', ''],
    ['发票 17', '发票17'],
  ])('%s reads as %s', (written, read) => {
    expect(numberOf(written)).toBe(read);
  });
});
