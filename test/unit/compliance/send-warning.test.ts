import { describe, expect, it } from 'vitest';
import { openedCase } from '../../../functions/compliance/domain/case.ts';
import type { ComplianceRule } from '../../../functions/compliance/domain/finding.ts';
import { warningsOf } from '../../../functions/compliance/open-case.ts';
import type { WarningNotice, WarningPort } from '../../../functions/compliance/port.ts';
import { type SendWarningDeps, sendWarning } from '../../../functions/compliance/send-warning.ts';
import { createProcess } from '../../../functions/process/update-process.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { PAGES_URL } from '../../support/purchase-company.ts';
import { newHead, noted } from '../process/heads.ts';

const CASE = 'P2P-1';
const DEADLINE = '2026-01-05T09:00:00.000Z';

function caseOf(warnBy: ComplianceRule['warnBy'], action: 'warn' | 'hold' = 'hold') {
  const rule = {
    severity: 'high',
    action,
    warnBy,
    ownerPost: 'p',
    deadlineDays: 2,
    threshold: '0',
    windowHours: 1,
  } as const;
  const finding = {
    detector: 'duplicate-invoice',
    subject: 'SUP-001#1#2',
    processIds: ['P2P-7'],
    evidence: [],
    facts: { supplier: 'SUP-001', totals: '100.00 CNY' },
  } as const;
  return openedCase(finding, rule, { ownerId: 'E-5001', deadline: DEADLINE }).state;
}

/** A case whose warnings lie in the outbox, and channels that fail as told. */
async function warned(warnBy: ComplianceRule['warnBy'], parts: { readonly hasWebhook?: boolean } = {}) {
  const store = new MemoryStore();
  const sent: { readonly channel: string; readonly notice: WarningNotice }[] = [];
  const failing: { failure?: Error } = {};
  const channel = (name: string): WarningPort => ({
    warn: async (notice) => {
      sent.push({ channel: name, notice });
      if (failing.failure !== undefined) {
        throw failing.failure;
      }
    },
  });
  const deps: SendWarningDeps = {
    store,
    clock: new SettableClock('2026-01-01T09:00:00.000Z'),
    randomness: seededRandomness(1),
    channels: { topic: channel('topic'), webhook: parts.hasWebhook === false ? undefined : channel('webhook') },
    pagesUrl: PAGES_URL,
  };
  await createProcess(deps, newHead(), { entries: [noted()], effects: warningsOf(CASE, caseOf(warnBy)) }, []);
  const references = store
    .effects()
    .filter(({ effect }) => effect.kind === 'warn')
    .map(({ effectId }) => ({ processId: CASE, effectId }));
  const types = async () => (await store.readRecord(CASE)).map(({ type }) => type);
  return { store, deps, sent, failing, references, types };
}

describe('the warnings of a case', () => {
  it('go each way that the table names, and no other', () => {
    const ways = (warnBy: ComplianceRule['warnBy']) =>
      warningsOf(CASE, caseOf(warnBy)).map((effect) => (effect.kind === 'warn' ? effect.channel : effect.kind));
    expect(ways(['mail'])).toEqual(['mail']);
    expect(ways(['topic', 'webhook'])).toEqual(['topic', 'webhook']);
    expect(ways(['mail', 'topic', 'webhook'])).toEqual(['mail', 'topic', 'webhook']);
  });

  it('say what was found and where to look, and nothing about people or figures', async () => {
    const { deps, sent, references } = await warned(['topic', 'webhook']);
    for (const reference of references) {
      await sendWarning(deps, reference);
    }

    expect(sent.map(({ channel }) => channel)).toEqual(['topic', 'webhook']);
    expect(sent[0]?.notice).toEqual({
      messageId: `${CASE}-${references[0]?.effectId}`,
      caseId: CASE,
      detector: 'duplicate-invoice',
      severity: 'high',
      deadline: DEADLINE,
      isHeld: true,
      isOverdue: false,
      text: { en: 'An invoice was entered twice', zh: '发票重复登记' },
      url: `${PAGES_URL}/compliance/${CASE}`,
      occurredAt: '2026-01-01T09:00:00.000Z',
    });
  });

  it('are recorded and done once, however often the queue brings them', async () => {
    const { store, deps, sent, references, types } = await warned(['topic']);
    const [reference = { processId: '', effectId: '' }] = references;
    await sendWarning(deps, reference);
    await sendWarning(deps, reference);

    expect(sent).toHaveLength(1);
    expect(await types()).toEqual(['Noted', 'WarningSent']);
    expect(store.effects()).toEqual([]);
  });

  it.each([
    ['down', new ConnectorTransientError('down')],
    ['not set up', new ConfigError('no permission')],
  ])('stay, and come again under the same id, while a receiver is %s', async (_, failure) => {
    const { store, deps, sent, failing, references, types } = await warned(['webhook']);
    const [reference = { processId: '', effectId: '' }] = references;
    failing.failure = failure;
    await expect(sendWarning(deps, reference)).rejects.toBe(failure);
    expect(await types()).toEqual(['Noted']);
    expect(store.effects()).toHaveLength(1);

    delete failing.failure;
    await sendWarning(deps, reference);
    expect(new Set(sent.map(({ notice }) => JSON.stringify(notice))).size).toBe(1);
    expect(await types()).toEqual(['Noted', 'WarningSent']);
  });

  it('that are refused for good, or have nowhere to go, are recorded and told to the operators', async () => {
    const refused = await warned(['webhook']);
    refused.failing.failure = new ConnectorPermanentError('the webhook for warnings refused the message with 410');
    const nowhere = await warned(['webhook'], { hasWebhook: false });
    for (const { deps, references, store, types } of [refused, nowhere]) {
      await sendWarning(deps, references[0] ?? { processId: '', effectId: '' });
      expect(await types()).toEqual(['Noted', 'WarningFailed']);
      expect(store.effects()).toMatchObject([
        { effect: { kind: 'mail', mail: { to: 'operators', template: 'operator-notice' } } },
      ]);
    }
  });
});
