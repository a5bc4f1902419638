/** What tests ask the rules about, where nothing turns on it. */
import type { AskedScope, DocumentScope } from '../../functions/approvals/domain/scope.ts';
import { COMPANY } from './purchase-company.ts';

/** A line of no category in the company's currency. */
export const PLAIN: DocumentScope = { lines: [{ category: '', currency: COMPANY.currency }] };

/** The same of no legal entity. */
export const PLAIN_ASKED: Pick<AskedScope, 'lines' | 'legalEntities'> = { ...PLAIN, legalEntities: [] };
