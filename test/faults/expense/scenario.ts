/** Expense claims as a scenario of the fault explorer. */
import { claimEvent } from '../../support/expense-company.ts';
import type { Scenario } from '../kit/run.ts';
import { requestScenario } from '../requests/scenario.ts';
import { type Cast, GIVING_UP, GOING_ON, takeCommonStep } from '../requests/take-step.ts';
import { advanceOf, CHANGES, claimsOf, MENDED } from './claims.ts';
import { expenseRules } from './invariants.ts';
import { drawClaims, type Step, stepSchema } from './steps.ts';
import { ExpenseChaosWorld, type PlantedInClaims } from './world.ts';

/** In one of so many runs operators do not try again, and the bank refuses. */
const GIVE_UP_ONE_IN = 3;

/** @param planted - parts with a defect, which the explorer must find */
export function expenseScenario(planted: PlantedInClaims = {}): Scenario {
  return requestScenario({
    name: 'expense',
    steps: stepSchema,
    draw: drawClaims,
    stage: (seed, chaos) => {
      const world = new ExpenseChaosWorld({ seed, chaos, planted });
      world.ledger.advances.set('E-1001', advanceOf(seed));
      const other = claimEvent({ claim: { title: 'Another dinner' } });
      const words = seed % GIVE_UP_ONE_IN === 0 ? GIVING_UP : GOING_ON;
      const cast: Cast = { world, events: claimsOf(seed), other, changes: CHANGES, mended: MENDED, words };
      return {
        cast,
        takeStep: (step) => takeStep(world, cast, step),
        help: (kinds) => help(world, kinds, words === GOING_ON),
        rules: expenseRules(world, seed),
      };
    },
  });
}

async function takeStep(world: ExpenseChaosWorld, cast: Cast, step: Step): Promise<unknown> {
  switch (step.do) {
    case 'bank':
      return world.bank(step.payment, step.pays);
    case 'pay-by-hand': {
      const entry = world.ledger.allEntries()[step.entry];
      return entry === undefined ? undefined : world.ledger.payByHand(entry.entryNumber);
    }
    case 'account':
      return step.isClosed ? world.ledger.closedAccounts.add(PAYABLE) : world.ledger.closedAccounts.delete(PAYABLE);
    default:
      return takeCommonStep(cast, step);
  }
}

/** Owed to employees: a claim can be posted with it alone. */
const PAYABLE = '2241';

/** Accounting opens the account that it closed, and the bank pays or refuses. */
function help(world: ExpenseChaosWorld, kinds: readonly string[], doesBankPay: boolean): void {
  world.ledger.closedAccounts.clear();
  if (kinds.includes('payment')) {
    world.bank(0, doesBankPay);
  }
}
