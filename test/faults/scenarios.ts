/** The processes that the explorer plays, by name. */
import { expenseScenario } from './expense/scenario.ts';
import type { Scenario } from './kit/run.ts';
import { leaveScenario } from './leave/scenario.ts';
import { purchaseScenario } from './purchase/scenario.ts';

const SCENARIOS: readonly Scenario[] = [purchaseScenario(), expenseScenario(), leaveScenario()];

/** @throws Error when there is none of that name */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found === undefined) {
    throw new Error(`there is no scenario "${name}", only ${SCENARIOS.map((scenario) => scenario.name).join(', ')}`);
  }
  return found;
}
