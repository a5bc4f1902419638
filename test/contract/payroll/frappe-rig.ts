/** A site of Frappe HR for one test: a stub that is strict about what it is asked, since none of its own can be had here. */
import { afterAll } from 'vitest';
import { createFrappeHr } from '../../../functions/connectors/payroll/frappe/frappe-hr.ts';
import type { FrappeParts } from '../../../functions/connectors/payroll/frappe/parts.ts';
import { createFrappeSite } from '../../../functions/connectors/payroll/frappe/site.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { type Cut, FrappeServer, KEY } from '../../support/frappe-hr/server.ts';
import { filesIn } from '../../support/payroll-world.ts';

export const COMPANY = 'Lingnan Precision';
const servers: FrappeServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

/** A site with both employees of the figures. */
export async function openSite(
  change: Partial<FrappeParts> & { readonly timeoutMs?: number; readonly key?: typeof KEY } = {},
) {
  const server = new FrappeServer();
  servers.push(server);
  await server.start();
  const { documents } = server;
  documents.employees.push(
    { name: 'HR-EMP-00001', employee_number: 'E-1', company: COMPANY, monthly: 1_234_567 },
    { name: 'HR-EMP-00002', employee_number: 'E-2', company: COMPANY, monthly: 1_000_000 },
    { name: 'HR-EMP-00003', employee_number: null, company: COMPANY },
  );
  const { timeoutMs = 5_000, key = KEY, ...parts } = change;
  const bucket = memoryObjects();
  const system = createFrappeHr({
    site: createFrappeSite({ url: `${server.url}/`, key: async () => key, timeoutMs }),
    settings: {
      ...{ url: server.url, company: COMPANY, currency: 'CNY', payableAccount: 'Payroll Payable - LP' },
      unpaid: { annual: '0', unpaid: '1', sick: '0.4' },
    },
    files: filesIn(bucket),
    ...parts,
  });
  const standing = () => documents.entries.filter(({ docstatus }) => docstatus === 1);
  const slipOf = (employee: string) => documents.slips.find((slip) => slip.employee === employee);
  /** Payroll's people submit what stands. */
  const submit = () => {
    for (const { name } of standing()) {
      documents.submitSlips(name);
    }
  };
  return { server, documents, system, standing, slipOf, submit, bucket };
}

/** Cuts the first call of a step. */
export function cutOnce(server: FrappeServer, step: string, cut: Cut): void {
  let isCut = false;
  server.cut = (call) => {
    const chosen = call === step && !isCut ? cut : undefined;
    isCut ||= chosen !== undefined;
    return chosen;
  };
}

/** As the state machine does: again while it may succeed later. */
export async function again<T>(call: () => Promise<T>): Promise<T> {
  for (let attempts = 0; attempts < 3; attempts += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ConnectorTransientError)) {
        throw error;
      }
    }
  }
  return call();
}
