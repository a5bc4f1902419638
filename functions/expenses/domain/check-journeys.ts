/** Whether what is claimed of a journey belongs to one that was approved. Pure. */
import type { ExpenseLine } from '../../events/expense-claim-submitted.ts';
import type { ExpenseLimit } from '../../policy/port.ts';
import { type ClaimFinding, type ClaimFindingCode, finding } from './finding.ts';

/** An approved journey of the employee. */
export interface Journey {
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/**
 * @param limits - by category
 * @param journeys - those of the employee that are approved, by the OA's number
 */
export function checkJourneys(
  lines: readonly ExpenseLine[],
  limits: ReadonlyMap<string, ExpenseLimit>,
  journeys: ReadonlyMap<string, Journey>,
): readonly ClaimFinding[] {
  return lines.flatMap((line, index) => {
    const at = (code: ClaimFindingCode, field: string, severity: ClaimFinding['severity']) => ({
      line: index + 1,
      field: `claim.lines[${index}].${field}`,
      code,
      severity,
    });
    if (line.journey === undefined) {
      return limits.get(line.category)?.needsJourney === true
        ? [missingFinding(at('journey-missing', 'journey', 'return'), line)]
        : [];
    }
    const journey = journeys.get(line.journey);
    if (journey === undefined) {
      return [unknownFinding(at('unknown-journey', 'journey', 'return'), line.journey)];
    }
    // Tickets are bought before, and a train may arrive after midnight: somebody judges it.
    return line.date < journey.from || line.date > journey.to
      ? [outsideFinding(at('outside-journey', 'date', 'review'), line.date, journey)]
      : [];
  });
}

type At = Parameters<typeof finding>[0];

function missingFinding(at: At, { category }: ExpenseLine): ClaimFinding {
  return finding(
    at,
    [`"${category}" is claimed of an approved journey only`, 'give the number of its request'],
    [`“${category}”须对应已批准的出差申请`, '请填写出差申请编号'],
  );
}

function unknownFinding(at: At, journey: string): ClaimFinding {
  return finding(
    at,
    [`${journey} is no approved journey of yours`, 'give the number of your own request once it is approved'],
    [`${journey} 不是您已获批准的出差申请`, '请填写您本人已获批准的出差申请编号'],
  );
}

function outsideFinding(at: At, date: string, { from, to }: Journey): ClaimFinding {
  return finding(
    at,
    [`${date} is no day of the journey from ${from} to ${to}`, 'accounting judges whether it belongs to it'],
    [`${date} 不在出差期间（${from} 至 ${to}）`, '由财务判断是否属于该次出差'],
  );
}
