/** What becomes of the expenses of employees. */
import { exception } from './expenses/exception.ts';
import { journey } from './expenses/journey.ts';
import type { Story } from './stage.ts';

export const EXPENSE_STORIES: readonly Story[] = [journey, exception];
