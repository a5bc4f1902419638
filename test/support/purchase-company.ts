/** The company of the tests, and what one of its people asks for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { compileRuleFolder } from '../../functions/policy/compile-rules.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';

const ROOT = join(import.meta.dirname, '../..');
export const COMPANY = { currency: 'CNY', timeZone: 'Asia/Shanghai' } as const;
export const PAGES_URL = 'https://pages.meridian.example';
export const OPERATORS_MAIL = 'operators@meridian.example';

export const companyRules = await compileRuleFolder(join(ROOT, 'rules'));
export const companyPolicies: Policies = createPolicies(companyRules);
export const directoryData = parseDirectory(JSON.parse(readFileSync(join(ROOT, 'local/demo/directory.json'), 'utf8')));

/** The requisition that most stories begin with: 5,720 CNY, so manager and department head decide. */
export function requisitionEvent(changes: { readonly requisition?: object; readonly requestId?: string } = {}) {
  const requestId = changes.requestId ?? 'PR-1';
  return {
    metadata: {
      eventId: `event-${requestId}`,
      correlationId: requestId,
      occurredAt: '2026-01-01T08:00:00+08:00',
      schemaVersion: '1.0',
    },
    oa: { system: 'demo-oa', requestId },
    requester: { employeeId: 'E-1001' },
    requisition: {
      title: 'Chairs and paper',
      justification: 'New colleagues',
      costCentre: 'CC-100',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [
        { productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' },
        { productCode: 'P-1002', quantity: '20', unitPrice: '128.00', amount: '2560.00' },
      ],
      total: '5960.00',
      ...changes.requisition,
    },
  };
}

export type RequisitionEvent = ReturnType<typeof requisitionEvent>;
