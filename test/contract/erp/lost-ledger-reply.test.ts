/** Whatever connection breaks: one journal entry, one reversal and one payment to an employee in Tryton, carried to their ends. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerPort } from '../../../functions/connectors/erp/ledger-port.ts';
import { type Cut, type CuttingProxy, onceAt, startCuttingProxy } from './cutting-proxy.ts';
import { entryCommand, newLedgerKey, TODAY } from './ledger-contract.ts';
import { fasterClock, insist } from './rig.ts';
import { openTrytonLedger, PEOPLE, type TrytonLedgerRig } from './tryton-ledger-rig.ts';

/** How much faster a claim's minute runs: six seconds are far longer than a call of a server that only this test asks. */
const PACE = 10;
/** The same where the request never arrived whole: it cannot come late, so that its claim may run out soon. */
const PACE_ALONE = 60;
const CREATION_CUTS: readonly Cut[] = ['in-request', 'before-reply', 'in-reply', 'before-late-request'];
/** What has no claim may be done by anybody, so that a request that comes late finds it done. */
const STEP_CUTS: readonly Cut[] = ['in-request', 'before-reply', 'in-reply'];
const [EMPLOYEE] = PEOPLE;

let rig: TrytonLedgerRig;
let proxy: CuttingProxy | undefined;

beforeAll(async () => {
  rig = await openTrytonLedger();
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});
afterAll(async () => {
  await rig?.close();
});

/** An adapter that reaches Tryton through a proxy that cuts the first call of `method`. */
async function behindCut(method: string, cut: Cut): Promise<LedgerPort> {
  proxy = await startCuttingProxy(rig.tryton.server.port, onceAt(method, cut));
  const pace = cut === 'in-request' ? PACE_ALONE : PACE;
  return rig.through(proxy.url, rig.tryton.newClaims(fasterClock(pace)));
}

const posted = () => insist(() => rig.ledger.postEntry(entryCommand(EMPLOYEE)));

/** Each method with each of its cuts. */
function casesOf(methods: Readonly<Record<string, readonly Cut[]>>): readonly (readonly [string, Cut])[] {
  return Object.entries(methods).flatMap(([method, cuts]) => cuts.map((cut) => [method, cut] as const));
}

describe('a journal entry whose connection breaks', () => {
  const methods = { 'model.account.move.create': CREATION_CUTS, 'model.account.move.post': STEP_CUTS };
  it.each(casesOf(methods))('at %s, %s, is there once and posted', async (method, cut) => {
    // Prepare
    const command = entryCommand(EMPLOYEE);
    const ledger = await behindCut(method, cut);

    // Act
    const entry = await insist(() => ledger.postEntry(command));

    // Assess
    expect(proxy?.done).toEqual([`${method} ${cut}`]);
    expect(await rig.ledger.findEntry(command.key)).toEqual(entry);
    expect(await rig.entriesWith(command.key)).toBe(1);
  });
});

describe('a reversal whose connection breaks', () => {
  const methods = { 'wizard.account.move.cancel.execute': CREATION_CUTS };
  it.each(casesOf(methods))('at %s, %s, takes the entry back once', async (method, cut) => {
    // Prepare
    const { entryNumber } = await posted();
    const ledger = await behindCut(method, cut);
    const command = { key: newLedgerKey('reverse'), entryNumber, date: TODAY, description: 'taken back' };

    // Act
    const entry = await insist(() => ledger.reverseEntry(command));

    // Assess
    expect(proxy?.done).toEqual([`${method} ${cut}`]);
    expect(entry).toMatchObject({ entryNumber, reversedBy: expect.stringMatching(/./) });
    expect(await rig.entriesWith(command.key)).toBe(1);
  });
});

describe('a payment to an employee whose connection breaks', () => {
  const methods = {
    'model.account.payment.create': CREATION_CUTS,
    'model.account.payment.submit': STEP_CUTS,
    'model.account.payment.approve': STEP_CUTS,
    'wizard.account.payment.process.execute': STEP_CUTS,
  };
  it.each(casesOf(methods))('at %s, %s, is there once and with the bank', async (method, cut) => {
    // Prepare
    const { entryNumber } = await posted();
    const ledger = await behindCut(method, cut);
    const amount = { amount: '320.50', currency: 'CNY' };
    const command = { key: newLedgerKey('pay'), entryNumber, employeeId: EMPLOYEE, amount, date: TODAY };

    // Act
    const payment = await insist(() => ledger.payEmployee(command));

    // Assess
    expect(proxy?.done).toEqual([`${method} ${cut}`]);
    expect(payment).toMatchObject({ key: command.key, entryNumber, state: 'processing' });
    expect(await rig.paymentsWith(command.key)).toBe(1);
  });
});
