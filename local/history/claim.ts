/** An expense claim, from what was spent to the money on the account of whoever spent it. */
import type { ApprovalState } from '../../functions/approvals/domain/approval-state.ts';
import { kindsOf } from '../../functions/approvals/domain/scope.ts';
import { askPeople } from './approve.ts';
import type { HistoryCase } from './case.ts';
import { expenses, type SpentLine } from './catalogue.ts';
import type { People } from './people.ts';
import { failStep, register, rework } from './steps.ts';

export interface ClaimPlace {
  readonly costCentre: string;
  readonly legalEntity: string;
  readonly number: number;
}

const ACCOUNTING = 'E-4003';

export async function tellClaim(story: HistoryCase, people: People, place: ClaimPlace): Promise<void> {
  const { chance, company } = story;
  const { costCentre, legalEntity, number } = place;
  const { lines, total } = expenses(chance);
  const filed = {
    title: 'Expenses',
    costCentre,
    legalEntity,
    total,
    lines: lines.map((line) => ({ ...line, currency: company.currency })),
  };
  register(story, 'ClaimRegistered', filed);
  let version = 1;
  if (chance.isTrue(0.06)) {
    story.tick();
    story.say(
      'ReturnedByCheck',
      {
        version,
        issues: [{ field: 'claim.total', problem: 'is not the sum of its lines', problemZh: '与明细合计不符' }],
      },
      'checks',
    );
    rework(story, 'ClaimResubmitted', version, filed);
    version += 1;
  }
  const findings = chance.isTrue(0.08) ? 1 : 0;
  let before: ApprovalState | undefined;
  for (; ; version += 1) {
    check(story, place, { total, findings, version });
    before = await judged(story, people, { place, lines, total, findings, version, before });
    if (before.outcome !== 'returned' || story.isOver) {
      break;
    }
    rework(story, 'ClaimResubmitted', version, filed);
  }
  if (before.outcome !== 'approved') {
    return story.close('ClaimClosed', before.outcome ?? 'expired');
  }
  story.tell('approved');
  return settle(story, people, total, number);
}

function check(
  story: HistoryCase,
  { costCentre, legalEntity }: ClaimPlace,
  found: { readonly total: string; readonly findings: number; readonly version: number },
): void {
  const { total, findings, version } = found;
  const baseTotal = { amount: total, currency: story.company.currency };
  story.tick();
  story.say(
    'ClaimChecked',
    { title: 'Expenses', costCentre, legalEntity, baseTotal, findings, found: [], register: 'not-asked', version },
    'checks',
  );
  story.tell('accepted');
}

interface Judged {
  readonly place: ClaimPlace;
  readonly lines: readonly SpentLine[];
  readonly total: string;
  readonly findings: number;
  readonly version: number;
  readonly before: ApprovalState | undefined;
}

/** What a rule cannot judge is looked at first. */
async function judged(
  story: HistoryCase,
  people: People,
  { place, lines, total, findings, version, before }: Judged,
): Promise<ApprovalState> {
  const { currency } = story.company;
  const scope = {
    legalEntity: place.legalEntity,
    lines: kindsOf(lines.map(({ category }) => ({ category, currency }))),
  };
  const question = { requesterId: story.requesterId, amount: total, costCentre: place.costCentre, scope, excluded: [] };
  if (findings > 0 && version === 1) {
    const review = await askPeople(story, people, {
      question: { ...question, subject: 'expense-exception' },
      documentVersion: version,
    });
    if (review.outcome !== 'accepted') {
      return review;
    }
  }
  return askPeople(story, people, { question: { ...question, subject: 'expense' }, documentVersion: version, before });
}

async function settle(story: HistoryCase, people: People, total: string, number: number): Promise<void> {
  const owed = { amount: total, currency: story.company.currency };
  const setOff = { amount: '0.00', currency: story.company.currency };
  const entryNumber = `JE-${number}`;
  const key = `${story.processId}-entry`;
  const date = story.now.toISOString().slice(0, 10);
  story.tick();
  story.say('PostingIntended', { key, date, owed, setOff });
  if (story.chance.isTrue(0.015) && !(await failStep(story, people, 'PostEntry'))) {
    return story.close('ClaimClosed', 'cancelled');
  }
  story.tick(2500);
  story.hear('EntryPosted', { key, entryNumber, date, owed, setOff });
  story.tell('posted');
  const payment = { key: `${story.processId}-pay-1`, entryNumber, amount: owed };
  story.say('PaymentIntended', payment);
  story.tick();
  story.hear('PaymentRequested', { paymentNumber: `EP-${number}`, ...payment, state: 'processing' });
  story.tell('payment-requested');
  story.wait('payment', { subject: entryNumber, owner: ACCOUNTING, hours: story.chance.long(12), days: 20 });
  story.hear('PaymentCompleted', { paymentNumber: `EP-${number}`, ...payment, state: 'completed' });
  story.close('ClaimClosed', 'paid');
}
