/**
 * A flood of guesses at links over HTTP, against the page's function as it is deployed, with DynamoDB as the local cloud has it.
 * @module-tag long
 */
import { randomBytes } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { guessKey } from '../../../functions/process/keys.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { type DeployedPage, deployPage, FROM } from '../../support/deployed-page.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { copyProcess } from '../store/copy-process.ts';
import { makeTables, useDynamo } from '../store/store-tables.ts';

const MANAGER = 'E-2001';
const FLOOD = 1_000;
/** Of one address in a minute, as docs/approvals.md says. */
const GUESSES_A_MINUTE = 20;
/** Of the function: those that are looked up already when the last guess is counted are looked up. */
const AT_ONCE = 4;
/** Until what was written to the log has been read. */
const PATIENCE = { timeout: 20_000 };

const endpoint = useMinistack();
const dynamo = useDynamo(endpoint);

/** A purchase that waits for its manager now, and the page behind their link. */
async function openPage() {
  const world = new PurchaseWorld();
  await world.advance((Date.now() - world.engine.now().getTime()) / 3_600_000);
  const event = requisitionEvent();
  await world.submit(event);
  const { processId } = await world.head(event);
  const secret = await world.linkOf(MANAGER);
  const tables = await makeTables(dynamo());
  const store = createDynamoStore({ client: dynamo(), tables });
  await copyProcess(world.store, store, processId, [secret]);
  const handler = 'functions/approvals/decision-page.handler.tsx';
  const page = await deployPage({ handler, endpoint: endpoint(), tables, atOnce: AT_ONCE });
  return { store, processId, secret, page };
}

const METHODS = ['GET', 'HEAD', 'POST'] as const;

/** All that people and programs do with a link, in the same instant. @returns the status of each answer, and what was guessed */
async function flood({ url }: DeployedPage, addressOf: (guess: number) => string) {
  const guesses = Array.from({ length: FLOOD }, () => randomBytes(32).toString('base64url'));
  const answers = await Promise.all(
    guesses.map((secret, index) =>
      ask(url, secret, { from: addressOf(index), method: METHODS[index % METHODS.length] ?? 'GET' }),
    ),
  );
  return { guesses, statuses: answers.map(({ status }) => status), retryAfter: answers.map((one) => one.retryAfter) };
}

async function ask(
  url: string,
  secret: string,
  { from, method = 'GET' }: { readonly from: string; readonly method?: (typeof METHODS)[number] },
) {
  const form = { body: 'action=approve&comment=', type: 'application/x-www-form-urlencoded' };
  const response = await fetch(`${url}/d/${secret}`, {
    method,
    headers: { [FROM]: from, 'accept-language': 'en', ...(method === 'POST' ? { 'content-type': form.type } : {}) },
    ...(method === 'POST' ? { body: form.body } : {}),
  });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
}

/** What the graph "Guesses at links" adds up: figures in the embedded metric format, which CloudWatch reads out of the log. */
function figures(page: DeployedPage) {
  const put = page
    .log()
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .map((line): Record<string, unknown> => JSON.parse(line));
  const sumOf = (name: string) => put.reduce((sum, one) => sum + Number(one[name] ?? 0), 0);
  return { put, sums: { UnknownLinks: sumOf('UnknownLinks'), GuessesStopped: sumOf('GuessesStopped') } };
}

const minuteNow = () => Math.floor(Date.now() / 60_000);

const count = (statuses: readonly number[], wanted: number) => statuses.filter((status) => status === wanted).length;

describe(`${FLOOD} guesses at once`, () => {
  it('of one address are refused, and stopped after those of a minute; a link works from every other address', async () => {
    const { page, store, processId, secret } = await openPage();

    const begun = minuteNow();
    const { guesses, statuses, retryAfter } = await flood(page, () => '192.0.2.1');
    const own = await ask(page.url, secret, { from: '192.0.2.1' });
    const isSameMinute = minuteNow() === begun;
    const others = await ask(page.url, secret, { from: '192.0.2.2' });
    const decided = await ask(page.url, secret, { from: '192.0.2.2', method: 'POST' });

    const [unknown, stopped] = [count(statuses, 404), count(statuses, 429)];
    expect(unknown + stopped).toBe(FLOOD);
    expect(unknown).toBeGreaterThanOrEqual(GUESSES_A_MINUTE);
    // Each minute of the clock that the flood reaches into allows as many.
    const minutes = minuteNow() - begun + 1;
    const { partition } = guessKey('192.0.2.1', '', '');
    expect((await store.list(partition, '')).length).toBeLessThanOrEqual(minutes * GUESSES_A_MINUTE);
    expect(unknown).toBeLessThanOrEqual(minutes * (GUESSES_A_MINUTE + AT_ONCE - 1));
    expect(retryAfter.filter((seconds) => seconds === '60')).toHaveLength(stopped);
    expect(isSameMinute ? [429] : [429, 200]).toContain(own.status);
    expect([others.status, decided.status]).toEqual([200, 200]);
    expect(others.text).toContain('Chairs and paper');
    expect((await store.readRecord(processId)).filter(({ type }) => type === 'DecisionMade')).toMatchObject([
      { actor: { id: MANAGER } },
    ]);
    const GuessesStopped = stopped + (own.status === 429 ? 1 : 0);
    await vi.waitFor(() => expect(figures(page).sums).toEqual({ UnknownLinks: unknown, GuessesStopped }), PATIENCE);
    for (const { _aws, service } of figures(page).put) {
      expect(_aws).toMatchObject({ CloudWatchMetrics: [{ Namespace: 'Meridian', Dimensions: [['service']] }] });
      expect(service).toBe('meridian-test');
    }
    const log = page.log();
    expect([...guesses, secret, '192.0.2.'].filter((hidden) => log.includes(hidden))).toEqual([]);
  });

  it('of as many addresses are refused one by one, each is counted, and nobody else is stopped', async () => {
    const { page, secret } = await openPage();

    const { guesses, statuses } = await flood(page, (guess) => `198.51.${guess >> 8}.${guess & 255}`);
    const own = await ask(page.url, secret, { from: '192.0.2.2' });

    expect(count(statuses, 404)).toBe(FLOOD);
    expect(own.status).toBe(200);
    await vi.waitFor(() => expect(figures(page).sums).toEqual({ UnknownLinks: FLOOD, GuessesStopped: 0 }), PATIENCE);
    const log = page.log();
    expect([...guesses, secret, '198.51.'].filter((hidden) => log.includes(hidden))).toEqual([]);
  });
});
