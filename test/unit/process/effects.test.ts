import { describe, expect, it } from 'vitest';
import { EMPTY_CHAIN } from '../../../functions/audit/domain/record.ts';
import type { Alarm } from '../../../functions/process/alarms.ts';
import { type DispatchEffectsDeps, dispatchEffect } from '../../../functions/process/dispatch-effects.ts';
import type { Effect, PendingEffect, ProcessHead } from '../../../functions/process/domain/process.ts';
import type { EffectReference } from '../../../functions/process/finish-effect.ts';
import { effectKey } from '../../../functions/process/keys.ts';
import type { ProcessStore, WorkChange, WorkKey } from '../../../functions/process/store/port.ts';
import { sweepEffects } from '../../../functions/process/sweep-effects.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const RESUME = { kind: 'resume', waitId: 'wait-1', token: 'token-1', output: { outcome: 'approved' } } as const;
const MAIL: Effect = { kind: 'mail', mail: { to: 'E-1', template: 'process-news', facts: {} } };
const WARN: Effect = {
  kind: 'warn',
  channel: 'topic',
  warning: {
    detector: 'overdue',
    severity: 'high',
    deadline: '2026-01-02T09:00:00.000Z',
    isHeld: true,
    isOverdue: false,
  },
};
const TELL: Effect = { kind: 'tell-oa', message: { status: 'accepted', text: { en: '', zh: '' }, facts: {} } };

/** One process with one effect to be done. */
async function outbox(effect: Effect) {
  const store = new MemoryStore();
  const clock = new SettableClock();
  const resumed: unknown[] = [];
  const cancelled: Alarm[] = [];
  const mailed: EffectReference[] = [];
  const told: EffectReference[] = [];
  const warned: EffectReference[] = [];
  const switches = { answer: 'resumed' as 'resumed' | 'gone', isDown: false };
  const guard = () => {
    if (switches.isDown) {
      throw new ConnectorTransientError('down');
    }
  };
  const deps: DispatchEffectsDeps = {
    store,
    clock,
    randomness: seededRandomness(1),
    alarms: { set: async () => undefined, cancel: async (alarm) => void cancelled.push(alarm) },
    resumer: {
      resume: async (token, output) => {
        guard();
        resumed.push([token, output]);
        return switches.answer;
      },
    },
    queues: {
      mail: {
        send: async (reference) => {
          guard();
          mailed.push(reference);
        },
      },
      'tell-oa': {
        send: async (reference) => {
          guard();
          told.push(reference);
        },
      },
      warn: {
        send: async (reference) => {
          guard();
          warned.push(reference);
        },
      },
    },
  };
  const head: ProcessHead<null> = {
    processId: 'P-1',
    kind: 'test',
    executionId: 'execution',
    oa: { system: 'oa', requestId: '1' },
    requesterId: 'E-1',
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: '',
    startedAt: clock.now().toISOString(),
    waits: {},
    answers: {},
    holds: [],
    state: null,
  };
  const entry = { type: 'Started', actor: { kind: 'meridian', id: 'test' }, facts: {} } as const;
  await createProcess(deps, head, { entries: [entry], effects: [effect] }, []);
  const [pending] = store.effects();
  const reference = { processId: 'P-1', effectId: pending?.effectId ?? '' };
  return { store, clock, deps, reference, resumed, cancelled, mailed, told, warned, switches };
}

const TELL_AT = 5;

/** One more effect of the outbox, as the change that puts it there. */
function mailEffect(effectId: string, createdAt: Date, changes: Partial<PendingEffect> = {}): WorkChange {
  const value = {
    processId: 'P-1',
    effectId,
    effect: MAIL,
    createdAt: createdAt.toISOString(),
    attempts: 0,
    ...changes,
  };
  const list = { name: 'effects', at: value.createdAt } as const;
  return { kind: 'create', key: effectKey(value.processId, effectId), value, list };
}

/** A worker is done with an effect between the reading of it for the note and the note: once. */
function finishedBehindTheBack(deps: DispatchEffectsDeps, only?: string): DispatchEffectsDeps {
  const { store } = deps;
  let reads = 0;
  const isMeant = ({ partition, sort }: WorkKey) =>
    partition === 'EFFECTS#P-1' && (only === undefined || sort === only);
  const racing: ProcessStore = {
    read: async <T>(key: WorkKey) => {
      const item = await store.read<T>(key);
      reads += isMeant(key) ? 1 : 0;
      if (item !== undefined && isMeant(key) && reads === 2) {
        await store.commit({ entries: [], personal: [], changes: [{ kind: 'delete', key, ifVersion: item.version }] });
      }
      return item;
    },
    list: (partition, prefix) => store.list(partition, prefix),
    page: (partition, prefix, options) => store.page(partition, prefix, options),
    listByTime: (name, options) => store.listByTime(name, options),
    commit: (transaction) => store.commit(transaction),
    readRecord: (processId) => store.readRecord(processId),
    readPersonal: (processId) => store.readPersonal(processId),
  };
  return { ...deps, store: racing };
}

const typesOf = async (store: MemoryStore) => (await store.readRecord('P-1')).map(({ type }) => type);

describe('an effect of the outbox', () => {
  it('that resumes is done at once, once, and takes the alarms of its wait away', async () => {
    const { deps, reference, store, resumed, cancelled } = await outbox(RESUME);

    await dispatchEffect(deps, reference);
    await dispatchEffect(deps, reference);

    expect(resumed).toEqual([['token-1', { outcome: 'approved' }]]);
    expect(store.effects()).toEqual([]);
    expect(cancelled.map(({ purpose }) => purpose)).toEqual(['remind', 'escalate', 'expire']);
    expect(await typesOf(store)).toEqual(['Started']);
  });

  it('that nothing waits for any more is recorded', async () => {
    const { deps, reference, store, switches } = await outbox(RESUME);
    switches.answer = 'gone';

    await dispatchEffect(deps, reference);

    expect(store.effects()).toEqual([]);
    expect(await typesOf(store)).toEqual(['Started', 'ResumeRefused']);
  });

  it.each([
    ['mail', MAIL],
    ['told', TELL],
    ['warn', WARN],
  ] as const)(
    'that is for a worker goes to its queue (%s), and stays until the worker has done it',
    async (kind, effect) => {
      const box = await outbox(effect);

      await dispatchEffect(box.deps, box.reference);

      expect({ mail: box.mailed, told: box.told, warn: box.warned }[kind]).toEqual([box.reference]);
      expect(box.store.effects()).toHaveLength(1);
    },
  );

  it('that fails stays, and its failure is the caller’s', async () => {
    const { deps, reference, store, switches } = await outbox(RESUME);
    switches.isDown = true;

    await expect(dispatchEffect(deps, reference)).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    expect(store.effects()).toHaveLength(1);
  });
});

describe('the sweep', () => {
  it('leaves alone what is young, and says how old the oldest is', async () => {
    const { deps, clock, resumed } = await outbox(RESUME);
    clock.forward(59);

    expect(await sweepEffects(deps)).toEqual({ oldestAgeSeconds: 59, sentAgain: 0, problems: [] });

    expect(resumed).toEqual([]);
  });

  it('does what nobody did within a minute', async () => {
    const { deps, clock, store, resumed } = await outbox(RESUME);
    clock.forward(60);

    expect(await sweepEffects(deps)).toMatchObject({ sentAgain: 1 });

    expect(resumed).toHaveLength(1);
    expect(store.effects()).toEqual([]);
    expect(await sweepEffects(deps)).toEqual({ oldestAgeSeconds: 0, sentAgain: 0, problems: [] });
  });

  it('waits twice as long after each failure, and remembers the last one', async () => {
    const { deps, clock, store, switches } = await outbox(RESUME);
    switches.isDown = true;
    const attempts: number[] = [];

    for (let minute = 1; minute <= 16; minute += 1) {
      clock.forward(60);
      attempts.push((await sweepEffects(deps)).sentAgain);
    }

    expect(attempts.flatMap((sent, index) => (sent === 1 ? [index + 1] : []))).toEqual([1, 2, 4, 8, 16]);
    const [pending] = store.effects().filter(({ effect }) => effect.kind === 'resume');
    expect(pending).toMatchObject({ attempts: 5, lastError: 'ConnectorTransientError: down' });
  });

  it('tells the operators once, at the fifth repetition', async () => {
    const { deps, clock, store } = await outbox(MAIL);

    for (let hour = 1; hour <= 24; hour += 1) {
      clock.forward(3_600);
      await sweepEffects(deps);
    }

    const notices = store.effects().filter(({ effect }) => effect.kind === 'mail' && effect.mail.to === 'operators');
    expect(notices).toHaveLength(1);
    expect((await typesOf(store)).filter((type) => type === 'EffectStuck')).toHaveLength(1);
  });

  it('comes to what is lost behind hundreds that are stuck, and still says how old those are', async () => {
    const { deps, clock, store, resumed, cancelled } = await outbox(RESUME);
    const stuck = Array.from({ length: 450 }, (_, number) => mailEffect(`stuck-${number}`, clock.now()));
    for (const create of stuck) {
      await store.commit({ entries: [], personal: [], changes: [create] });
    }
    clock.forward(7_200);
    await updateProcess<unknown, void>(deps, 'P-1', () => ({
      change: { entries: [], effects: [{ ...RESUME, token: 'token-2' }] },
      output: undefined,
    }));

    let oldest = 0;
    for (let minute = 1; minute <= 5; minute += 1) {
      clock.forward(60);
      oldest = (await sweepEffects(deps)).oldestAgeSeconds;
    }

    expect(resumed).toEqual([
      ['token-1', RESUME.output],
      ['token-2', RESUME.output],
    ]);
    expect(cancelled).toHaveLength(6);
    expect(oldest).toBe(7_500);
  });

  it('goes on when a worker finishes an effect while its attempt is noted', async () => {
    const { deps, clock, store, mailed } = await outbox(MAIL);
    await store.commit({ entries: [], personal: [], changes: [mailEffect('second', clock.now())] });
    clock.forward(3_600);

    const result = await sweepEffects(finishedBehindTheBack(deps));

    expect(result).toMatchObject({ sentAgain: 2, problems: [] });
    expect(mailed).toHaveLength(2);
    expect(store.effects()).toEqual([expect.objectContaining({ attempts: 1 })]);
  });

  it('goes on behind an effect that cannot be noted, and says so', async () => {
    const { deps, clock, store, reference } = await outbox(MAIL);
    const foreign = mailEffect('of nobody', clock.now(), { processId: 'P-0', attempts: TELL_AT - 1 });
    await store.commit({ entries: [], personal: [], changes: [foreign] });
    clock.forward(3_600);

    const result = await sweepEffects(deps);

    expect(result.problems).toEqual(['effect of nobody of P-0: Error: process P-0 is not registered']);
    expect(store.effects().find(({ effectId }) => effectId === reference.effectId)).toMatchObject({ attempts: 1 });
  });

  it('does not tell the operators of what is done at that moment', async () => {
    const box = await outbox(MAIL);
    const almost = mailEffect('almost', box.clock.now(), { attempts: TELL_AT - 1 });
    await box.store.commit({ entries: [], personal: [], changes: [almost] });
    box.clock.forward(3_600);

    await sweepEffects(finishedBehindTheBack(box.deps, 'almost'));

    expect(await typesOf(box.store)).toEqual(['Started']);
    expect(box.store.effects()).toEqual([expect.objectContaining({ effectId: box.reference.effectId, attempts: 1 })]);
  });
});
