/** What a person is shown to decide about an expense claim. Pure. */
import type { DecisionDocument, DocumentLine } from '../../approvals/domain/plan.ts';
import { divide, minorUnit } from '../../money/money.ts';
import { budgetBeside } from '../../requests/domain/budget-facts.ts';
import { failureDocument, note, type StepFailure } from '../../requests/domain/step-failure.ts';
import type { ExpenseState } from './expense.ts';

interface Shown {
  readonly state: ExpenseState;
  readonly requesterName: string;
  readonly baseCurrency: string;
}

/** The claim line by line, in the company's currency, with every finding that a person is to judge. */
export function claimDocument({ state, requesterName, baseCurrency }: Shown): DecisionDocument {
  const { claim, check } = known(state);
  const lines = claim.lines.map((line, index): DocumentLine => {
    const amount = check.lines.find(({ lineNumber }) => lineNumber === index + 1)?.baseAmount ?? '0';
    const spent = line.currency === baseCurrency ? '' : ` (${line.amount} ${line.currency})`;
    return {
      label: `${line.date} ${line.category}${line.description === '' ? '' : `: ${line.description}`}${spent}`,
      quantity: String(line.units),
      unitPrice: divide(amount, String(line.units), minorUnit(baseCurrency)),
      amount,
    };
  });
  return {
    title: claim.title,
    requesterName,
    currency: baseCurrency,
    baseCurrency,
    total: check.baseTotal.amount,
    baseTotal: check.baseTotal.amount,
    costCentre: claim.costCentre,
    ...budgetBeside(check.budget, check.baseTotal),
    lines,
    ...(state.files === undefined ? {} : { files: state.files }),
    notes: [
      ...note('Reason', '申请理由', claim.justification),
      ...note('Legal entity', '法人实体', claim.legalEntity),
      ...note('Receipts', '票据', String(claim.receipts.length)),
      ...note(
        'Files in which no machine could read an invoice: compare them with the receipts',
        '机器未能读出发票的文件，请人工与票据核对',
        listed(state.unread ?? []),
      ),
      ...check.findings.flatMap(({ reason }) => note('To be judged', '待复核', `${reason.en} ${reason.zh}`)),
    ],
  };
}

/** A page shows no more of them; all stand among the files. */
const MAX_LISTED = 20;

function listed(names: readonly string[]): string {
  return names.length > MAX_LISTED ? `${names.slice(0, MAX_LISTED).join(', ')}, …` : names.join(', ');
}

/** What failed and what it concerns; also for a claim that is not checked yet. */
export function operatorDocument(shown: Shown, title: string, failure: StepFailure): DecisionDocument {
  const { state, requesterName, baseCurrency } = shown;
  const total = state.check?.baseTotal.amount ?? '0';
  return failureDocument(failure, {
    title,
    requesterName,
    currency: baseCurrency,
    baseCurrency,
    total,
    baseTotal: total,
    ...(state.claim === undefined ? {} : { costCentre: state.claim.costCentre }),
    notes: [...note('Journal entry', '会计凭证', state.entry?.entryNumber ?? ''), ...crossingNote(state)],
  });
}

/** Whatever failed since: whoever tries the posting again decides this too. */
function crossingNote({ crossing, journal, entry }: ExpenseState) {
  return crossing === undefined || journal !== undefined || entry !== undefined
    ? []
    : note(
        `Posted in ${crossing.year} if it is tried again, though spent on`,
        `以下日期的支出如重试将计入 ${crossing.year} 年`,
        crossing.days.join(', '),
      );
}

function known({ claim, check }: ExpenseState) {
  if (claim === undefined || check === undefined) {
    throw new Error('the expense claim is not checked yet');
  }
  return { claim, check };
}
