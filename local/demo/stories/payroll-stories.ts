/** What becomes of a month's attendance. */
import { monthEnd } from './payroll/month-end.ts';
import type { Story } from './stage.ts';

export const PAYROLL_STORIES: readonly Story[] = [monthEnd];
