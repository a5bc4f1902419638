/**
 * Whatever connection breaks: one journal entry, one reversal and one payment to an employee in Tryton, carried to their ends.
 * @module-tag long
 */
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type Cut, onceAt, startCuttingProxy } from './cutting-proxy.ts';
import { entryCommand, newLedgerKey, TODAY } from './ledger-contract.ts';
import { fasterClock, insist } from './rig.ts';
import { openTrytonLedger, PEOPLE, type TrytonLedgerRig } from './tryton-ledger-rig.ts';

/** How much faster a claim's minute runs: six seconds are far longer than a call of a server that a few tests ask. */
const PACE = 10;
/** The same where the request never arrived whole: it cannot come late, so that its claim may run out soon. */
const PACE_ALONE = 60;
const CREATION_CUTS: readonly Cut[] = ['in-request', 'before-reply', 'in-reply', 'before-late-request'];
/** What has no claim may be done by anybody, so that a request that comes late finds it done. */
const STEP_CUTS: readonly Cut[] = ['in-request', 'before-reply', 'in-reply'];
const [EMPLOYEE] = PEOPLE;

let rig: TrytonLedgerRig;

beforeAll(async () => {
  rig = await openTrytonLedger();
});
afterAll(async () => {
  await rig?.close();
});

/** An adapter that reaches Tryton through a proxy that cuts the first call of `method`, for one test. */
async function behindCut({ onTestFinished }: TestContext, method: string, cut: Cut) {
  const proxy = await startCuttingProxy(rig.tryton.server.port, onceAt(method, cut));
  onTestFinished(() => proxy.close());
  const pace = cut === 'in-request' ? PACE_ALONE : PACE;
  return { ledger: rig.through(proxy.url, rig.tryton.newClaims(fasterClock(pace))), done: proxy.done };
}

const posted = () => insist(() => rig.ledger.postEntry(entryCommand(EMPLOYEE)));

/** Each method with each of its cuts. */
function casesOf(methods: Readonly<Record<string, readonly Cut[]>>): readonly (readonly [string, Cut])[] {
  return Object.entries(methods).flatMap(([method, cuts]) => cuts.map((cut) => [method, cut] as const));
}

describe.concurrent('a journal entry whose connection breaks', () => {
  const methods = { 'model.account.move.create': CREATION_CUTS, 'model.account.move.post': STEP_CUTS };
  it.for(casesOf(methods))('at %s, %s, is there once and posted', async ([method, cut], test) => {
    // Prepare
    const command = entryCommand(EMPLOYEE);
    const { ledger, done } = await behindCut(test, method, cut);

    // Act
    const entry = await insist(() => ledger.postEntry(command));

    // Assess
    expect(done).toEqual([`${method} ${cut}`]);
    expect(await rig.ledger.findEntry(command.key)).toEqual(entry);
    expect(await rig.entriesWith(command.key)).toBe(1);
  });
});

describe.concurrent('a reversal whose connection breaks', () => {
  const methods = { 'wizard.account.move.cancel.execute': CREATION_CUTS };
  it.for(casesOf(methods))('at %s, %s, takes the entry back once', async ([method, cut], test) => {
    // Prepare
    const { entryNumber } = await posted();
    const { ledger, done } = await behindCut(test, method, cut);
    const command = { key: newLedgerKey('reverse'), entryNumber, date: TODAY, description: 'taken back' };

    // Act
    const entry = await insist(() => ledger.reverseEntry(command));

    // Assess
    expect(done).toEqual([`${method} ${cut}`]);
    expect(entry).toMatchObject({ entryNumber, reversedBy: expect.stringMatching(/./) });
    expect(await rig.entriesWith(command.key)).toBe(1);
  });
});

describe.concurrent('a payment to an employee whose connection breaks', () => {
  const methods = {
    'model.account.payment.create': CREATION_CUTS,
    'model.account.payment.submit': STEP_CUTS,
    'model.account.payment.approve': STEP_CUTS,
    'wizard.account.payment.process.execute': STEP_CUTS,
  };
  it.for(casesOf(methods))('at %s, %s, is there once and with the bank', async ([method, cut], test) => {
    // Prepare
    const { entryNumber } = await posted();
    const { ledger, done } = await behindCut(test, method, cut);
    const amount = { amount: '320.50', currency: 'CNY' };
    const command = { key: newLedgerKey('pay'), entryNumber, employeeId: EMPLOYEE, amount, date: TODAY };

    // Act
    const payment = await insist(() => ledger.payEmployee(command));

    // Assess
    expect(done).toEqual([`${method} ${cut}`]);
    expect(payment).toMatchObject({ key: command.key, entryNumber, state: 'processing' });
    expect(await rig.paymentsWith(command.key)).toBe(1);
  });
});
