import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDocuments, isTotalChanged } from '../../../functions/approvals/domain/compare-documents.ts';
import type { DecisionDocument, DocumentLine } from '../../../functions/approvals/domain/plan.ts';

const CHAIR = { label: 'Chair (P-1001)', quantity: '4', unit: 'pcs', unitPrice: '1000.00', amount: '4000.00' };
const PAPER = { label: 'Paper (P-1002)', quantity: '10', unitPrice: '128.00', amount: '1280.00' };
const REASON = { en: 'Reason', zh: '申请理由' };
const DIFFERENCE = { en: 'Other quantity', zh: '用量调整' };

function document(changes: Partial<DecisionDocument> = {}): DecisionDocument {
  const amounts = { currency: 'CNY', total: '5280.00', baseTotal: '5280.00', baseCurrency: 'CNY' };
  return { title: 'Office', supplier: 'Supplier (S-1)', ...amounts, lines: [CHAIR, PAPER], notes: [], ...changes };
}

describe('two versions of a document', () => {
  it('differ in nothing where only the writing of numbers is another one', () => {
    const lines = [{ ...CHAIR, quantity: '4.0', unitPrice: '1000' }, PAPER];
    const found = compareDocuments(1, document(), document({ lines, total: '5280' }));

    expect(found).toMatchObject({ since: 1, fields: [], notes: [], lines: [] });
    expect(isTotalChanged(found)).toBe(false);
  });

  it('show a line that is other with how it was, and those that were added and taken out', () => {
    const fewer = { ...CHAIR, quantity: '3', amount: '3000.00' };
    const lamp = { label: 'Lamp (P-1003)', quantity: '1', unitPrice: '80.00', amount: '80.00' };
    const found = compareDocuments(1, document(), document({ lines: [lamp, fewer], total: '3080.00' }));

    const { label: _chair, ...before } = CHAIR;
    const { label: _paper, ...gone } = PAPER;
    expect(found.lines).toEqual([
      { label: lamp.label, after: { quantity: '1', unitPrice: '80.00', amount: '80.00' } },
      { label: CHAIR.label, before, after: { ...before, quantity: '3', amount: '3000.00' } },
      { label: PAPER.label, before: gone },
    ]);
    expect(isTotalChanged(found)).toBe(true);
  });

  it('show of two lines of one name only the one that is other', () => {
    const second = { ...PAPER, quantity: '20', amount: '2560.00' };
    const changed = { ...PAPER, quantity: '15', amount: '1920.00' };
    const found = compareDocuments(1, document({ lines: [PAPER, second] }), document({ lines: [changed, PAPER] }));

    expect(found.lines).toMatchObject([{ before: { quantity: '20' }, after: { quantity: '15' } }]);
  });

  it('show every line where the currency is another one', () => {
    const found = compareDocuments(1, document(), document({ currency: 'USD' }));

    expect(found.lines).toHaveLength(2);
    expect(isTotalChanged(found)).toBe(true);
  });

  it('show fields and further facts, also of one name, and say which are for the page only', () => {
    const difference = (value: string) => ({ label: DIFFERENCE, value });
    const before = document({
      costCentre: 'CC-1',
      notes: [difference('A: 1 → 2'), difference('B: 1 → 2'), { label: REASON, value: 'ill', isOnPageOnly: true }],
    });
    const after = document({
      title: 'Office, first floor',
      notes: [difference('A: 1 → 2'), difference('B: 1 → 3'), { label: REASON, value: 'a cold', isOnPageOnly: true }],
    });

    expect(compareDocuments(2, before, after)).toMatchObject({
      since: 2,
      fields: [
        { field: 'title', before: 'Office', after: 'Office, first floor' },
        { field: 'costCentre', before: 'CC-1' },
      ],
      notes: [
        { label: DIFFERENCE, before: 'B: 1 → 2', after: 'B: 1 → 3' },
        { label: REASON, before: 'ill', after: 'a cold', isOnPageOnly: true },
      ],
    });
  });

  it('differ by what is needed to make the one of the other, and no more', () => {
    const line = fc.record({
      label: fc.constantFrom('A', 'B', 'C'),
      quantity: fc.constantFrom('1', '2'),
      unitPrice: fc.constant('1.00'),
      amount: fc.constantFrom('1.00', '2.00'),
    });
    const some = fc.array(line, { maxLength: 6 });
    fc.assert(
      fc.property(some, some, (before, after) => {
        const { lines } = compareDocuments(1, document({ lines: before }), document({ lines: after }));
        const [gone, came] = [before, after].map((all) => [...all.map(textOf)]);
        for (const { label, before: was, after: is } of lines) {
          take(gone ?? [], was === undefined ? undefined : textOf({ label, ...was }));
          take(came ?? [], is === undefined ? undefined : textOf({ label, ...is }));
        }
        expect(came?.toSorted()).toEqual(gone?.toSorted());
      }),
    );
  });
});

function textOf({ label, quantity, unitPrice, amount }: DocumentLine): string {
  return [label, quantity, unitPrice, amount].join(' ');
}

function take(all: string[], one: string | undefined): void {
  if (one !== undefined) {
    const place = all.indexOf(one);
    expect(place).not.toBe(-1);
    all.splice(place, 1);
  }
}
