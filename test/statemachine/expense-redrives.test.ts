import { EXPENSE } from '../../functions/expenses/domain/expense.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { machineArn } from '../support/machines.ts';
import { describeRedrives } from './redrive-suite.ts';

const event = claimEvent();

describeRedrives('the execution of an expense claim that fails', {
  world: (options) => new ExpenseWorld(options),
  event,
  machineArn: machineArn(EXPENSE.kind),
  route: 'RouteExpense',
  firstRoute: 'RouteApproval',
  phase: 'Expense approval',
  handIn: (world, expected, unfit) => handInExpense(world, event, expected, unfit),
});
