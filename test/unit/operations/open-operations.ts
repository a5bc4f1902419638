/** The operators' pages over a purchase whose order the ERP refuses, asked by whoever is signed in. */
import { createOperationsPages } from '../../../functions/operations/operations-pages.tsx';
import { type DeadLetters, type Letter, noSuchLetters } from '../../../functions/operations/port.ts';
import { readSession } from '../../../functions/sign-in/sessions.ts';
import type { Role } from '../../../functions/sign-in/signed-in.ts';
import { machineArn } from '../../support/machines.ts';
import { COMPANY, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';
import { virtualExecutions } from '../../support/virtual-executions.ts';

const HOST = 'pages.meridian.example';

export const QUEUE = 'RequestsQueueDeadLetters';

/** Letters in memory. Those with `nowhere` in their bodies are taken by nobody. */
class MemoryLetters implements DeadLetters {
  readonly kept: Letter[] = [];

  has(queue: string): boolean {
    return queue === QUEUE;
  }

  async queues() {
    return [{ name: QUEUE, count: this.kept.length }];
  }

  async read(queue: string, limit: number) {
    if (!this.has(queue)) {
      throw noSuchLetters(queue);
    }
    return this.kept.slice(0, limit);
  }

  async sendAgain(_queue: string, letterIds: readonly string[]) {
    const found = this.kept.filter(({ letterId }) => letterIds.includes(letterId));
    const fates = new Map(
      found.map(({ letterId, body }) => [letterId, body.includes('nowhere') ? 'kept' : 'sent'] as const),
    );
    const rest = this.kept.filter(({ letterId }) => fates.get(letterId) !== 'sent');
    this.kept.splice(0, this.kept.length, ...rest);
    return fates;
  }
}

export async function openOperations() {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
  await world.approveOrder();
  const letters = new MemoryLetters();
  const executions = {
    ...virtualExecutions(world.engine, [machineArn('procure-to-pay')]),
    versions: async () => [
      {
        machine: 'meridian-procure-to-pay',
        version: 2,
        publishedAt: '2026-01-02T00:00:00.000Z',
        isCurrent: true,
        running: [],
        hasMore: false,
      },
      {
        machine: 'meridian-procure-to-pay',
        version: 1,
        publishedAt: '2026-01-01T00:00:00.000Z',
        isCurrent: false,
        running: [{ executionId: 'arn:of:one', startedAt: '2026-01-01T01:00:00.000Z' }],
        hasMore: false,
      },
      {
        machine: 'meridian-procure-to-pay',
        version: 'unversioned' as const,
        isCurrent: false,
        running: [],
        hasMore: true,
      },
    ],
  };
  const deps = { ...world.decisionDeps(), ...COMPANY, executions, letters };
  const pages = createOperationsPages(deps);
  const { processId } = await world.head(event);

  const signIn = async (employeeId: string, roles: readonly Role[] = ['operator']) => {
    const cookie = await sessionCookieOf(deps, employeeId, roles);
    const session = await readSession(deps, cookie.split('=')[1]);
    const ask = async (path: string, init: RequestInit) => {
      // No operator answers in the millisecond in which a step fails.
      await world.engine.advanceBy(2_000);
      const response = await pages.request(`https://${HOST}${path}`, init, { sourceIp: '192.0.2.1' });
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    const headers = { host: HOST, cookie };
    const get = (path: string) => ask(path, { headers });
    const post = (path: string, form: readonly (readonly [string, string])[]) =>
      ask(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
      });
    return { get, post, csrf: session?.csrfToken ?? '' };
  };
  return { world, event, processId, letters, signIn };
}
