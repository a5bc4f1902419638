import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalLine } from '../../../functions/connectors/erp/ledger-port.ts';
import type { Absence } from '../../../functions/connectors/erp/time-port.ts';
import { type ClaimBooks, compareClaim } from '../../../functions/reconciliation/domain/compare-claim.ts';
import { compareLeave, recordedLeave } from '../../../functions/reconciliation/domain/compare-leave.ts';
import { recordedClaim } from '../../../functions/reconciliation/domain/recorded-claim.ts';
import { processOf, type Written } from '../compliance/records.ts';

const LINES: readonly JournalLine[] = [
  { accountCode: '6601', debit: '300.50', description: 'train' },
  { accountCode: '6601', debit: '9.50', description: 'bus' },
  { accountCode: '2241', credit: '310.00', employeeId: 'E-1001', description: 'owed' },
];
const owed = { amount: '310.00', currency: 'CNY' };
const posted: Written = { type: 'EntryPosted', facts: { key: 'P-entry', entryNumber: 'JE-1', owed } };
const paid: Written = { type: 'PaymentCompleted', facts: { paymentNumber: 'EP-1', amount: owed, state: 'completed' } };
const closed = (outcome: string): Written => ({ type: 'ClaimClosed', facts: { outcome } });
const entryOf = (type: string): Written => ({ type, facts: { entryNumber: 'JE-1' } });
const ENTRY: JournalEntry = { entryNumber: 'JE-1', key: 'P-entry', date: '2026-03-09', lines: LINES };
const PAYMENT = {
  ...{ paymentNumber: 'EP-1', key: 'P-pay-1', entryNumber: 'JE-1', amount: owed, state: 'completed' as const },
};

function differences(
  written: readonly Written[],
  books: Partial<ClaimBooks> = {},
  lines: typeof LINES | undefined = LINES,
) {
  const record = recordedClaim(processOf('P', written).entries, lines);
  const found = record === undefined ? [] : compareClaim(record, { entry: ENTRY, payments: [PAYMENT], ...books });
  return found.map(({ field, part = '', expected, found: other, fix }) => [field, part, expected, other, fix]);
}

describe('a claim and the general ledger', () => {
  it.each([
    ['that is posted', [posted]],
    ['that is paid', [posted, paid, closed('paid')]],
    [
      'that was given up when something was paid',
      [posted, entryOf('ReversalIntended'), entryOf('EntryKept'), closed('cancelled')],
    ],
    ['that is not posted yet', [{ type: 'PostingIntended', facts: {} }]],
  ] as const)('%s agree', (_what, written) => {
    expect(differences(written)).toEqual([]);
  });

  it('agree where nobody knows the lines any more, or the texts of lines are others', () => {
    const texts = LINES.map((line) => ({ ...line, description: 'other', ...(line.debit === undefined ? {} : {}) }));
    expect(differences([posted], { entry: { ...ENTRY, lines: texts.toReversed() } })).toEqual([]);
    const record = recordedClaim(processOf('P', [posted]).entries, undefined);
    expect(record).not.toHaveProperty('lines');
  });

  it('tell of an account with another amount, and of money that is owed to somebody else', () => {
    const [train, bus, credit] = LINES;
    const lines = [train, bus, { ...credit, employeeId: 'E-9' }] as readonly JournalLine[];
    expect(differences([posted], { entry: { ...ENTRY, lines } })).toEqual([
      ['entry-lines', '2241 E-1001', '0 / 310', '', 'post-anew'],
      ['entry-lines', '2241 E-9', '', '0 / 310', 'post-anew'],
    ]);
    const more = [{ ...train, debit: '400' }, bus, credit] as readonly JournalLine[];
    expect(differences([posted], { entry: { ...ENTRY, lines: more } })).toEqual([
      ['entry-lines', '6601', '310 / 0', '409.5 / 0', 'post-anew'],
    ]);
  });

  it('tell of an entry that is not there', () => {
    expect(differences([posted], { entry: undefined })).toEqual([['entry', '', 'JE-1', '', 'look']]);
  });

  it.each([
    ['by people', [posted], ['entry-state', '', 'posted', 'JE-2', 'post-anew']],
    ['by people after it was paid', [posted, paid, closed('paid')], ['entry-state', '', 'posted', 'JE-2', 'post-anew']],
  ] as const)('tell of an entry that was taken back %s', (_what, written, expected) => {
    expect(differences(written, { entry: { ...ENTRY, reversedBy: 'JE-2' } })).toEqual([expected]);
  });

  it('wait while Meridian itself takes an entry back, and tell of one that still stands afterwards', () => {
    const reversing = [posted, entryOf('ReversalIntended')];
    const reversed = [...reversing, entryOf('EntryReversed'), closed('cancelled')];
    expect(differences(reversing, { entry: { ...ENTRY, reversedBy: 'JE-2' } })).toEqual([]);
    expect(differences(reversed, { entry: { ...ENTRY, reversedBy: 'JE-2' } })).toEqual([]);
    expect(differences(reversed)).toEqual([['entry-state', '', 'reversed', 'posted', 'post-anew']]);
    expect(differences([posted, closed('cancelled')])).toEqual([
      ['entry-state', '', 'reversed', 'posted', 'post-anew'],
    ]);
  });

  it('tell of a payment that is not there or of another amount', () => {
    expect(differences([posted, paid], { payments: [] })).toEqual([['payment', '', '310.00 CNY', '', 'look']]);
    const more = [{ ...PAYMENT, amount: { ...owed, amount: '320' } }];
    expect(differences([posted, paid], { payments: more })).toEqual([
      ['payment-amount', '', '310.00 CNY', '320 CNY', 'reclaim'],
    ]);
  });
});

const day = (date: string, hours = '8') => ({ date, hours });
const WEEK = [day('2026-03-09'), day('2026-03-10'), day('2026-03-11', '4')];
const intendedLeave: Written = { type: 'AbsenceIntended', facts: { key: 'P-absence', days: WEEK } };
const recorded: Written = { type: 'AbsenceRecorded', facts: { key: 'P-absence', days: 3 } };
const shortening: Written = { type: 'ShorteningIntended', facts: { key: 'P-shorten-1', days: WEEK.slice(0, 1) } };
const shortened: Written = { type: 'AbsenceShortened', facts: { days: 1 } };
const cancelling: Written = { type: 'AbsenceCancelIntended', facts: { key: 'P-cancel' } };
const cancelled: Written = { type: 'AbsenceCancelled', facts: { key: 'P-absence' } };
const absence = (days: readonly { date: string; hours: string }[], state: Absence['state'] = 'recorded'): Absence => ({
  ...{ key: 'P-absence', employeeId: 'E-1001', kind: 'annual', days, state },
});

describe('a leave and the absences of the ERP', () => {
  const differing = (written: readonly Written[], found: Absence | undefined) => {
    const leave = recordedLeave(processOf('P', written).entries);
    return leave === undefined
      ? []
      : compareLeave(leave, found).map(({ field, expected, found: other, fix }) => [field, expected, other, fix]);
  };

  it.each([
    ['that is recorded', [intendedLeave, recorded], absence([...WEEK.slice(0, 2), day('2026-03-11', '4.00')])],
    ['that was shortened', [intendedLeave, recorded, shortening, shortened], absence(WEEK.slice(0, 1))],
    ['that was taken back', [intendedLeave, recorded, cancelling, cancelled], absence(WEEK, 'cancelled')],
    ['that is being shortened', [intendedLeave, recorded, shortening], absence(WEEK.slice(0, 1))],
    ['that is being taken back', [intendedLeave, recorded, cancelling], absence(WEEK, 'cancelled')],
    ['that is not recorded yet', [intendedLeave], undefined],
  ] as const)('%s agree', (_what, written, found) => {
    expect(differing(written, found)).toEqual([]);
  });

  it('tell of the days that are missing, too many or of other hours, in one', () => {
    const found = absence([day('2026-03-09'), day('2026-03-11'), day('2026-03-12')]);
    expect(differing([intendedLeave, recorded], found)).toEqual([
      [
        'absence',
        '2026-03-10: 8, 2026-03-11: 4, 2026-03-12: 0',
        '2026-03-10: 0, 2026-03-11: 8, 2026-03-12: 8',
        'restore',
      ],
    ]);
  });

  it('tell of an absence that is not there, and of one that stands though it was taken back', () => {
    const one = [{ ...intendedLeave, facts: { key: 'P-absence', days: [day('2026-03-09')] } }, recorded];
    expect(differing(one, undefined)).toEqual([['absence', '2026-03-09: 8', '2026-03-09: 0', 'restore']]);
    expect(differing([...one, cancelling, cancelled], absence([day('2026-03-09')]))).toEqual([
      ['absence', '2026-03-09: 0', '2026-03-09: 8', 'restore'],
    ]);
  });

  it('tell of a change that was asked for when the leave has ended without it', () => {
    const ended: Written = { type: 'LeaveRequestClosed', facts: { outcome: 'taken' } };
    expect(differing([intendedLeave, recorded, shortening, ended], absence(WEEK.slice(0, 1)))).toHaveLength(1);
  });
});
