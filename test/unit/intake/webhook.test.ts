/** The webhook, asked as API Gateway asks it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../../../functions/connectors/oa/signature.ts';
import { PURCHASE_REQUISITION_SUBMITTED } from '../../../functions/events/purchase-requisition-submitted.ts';
import { createWebhook } from '../../../functions/intake/webhook.ts';
import type { BusEvent } from '../../../functions/process/event-publisher.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';

const KEY = 'the present key of the OA, of thirty-two characters and more';
const EARLIER_KEY = 'the key before, which is still good for a while, thirty-two and more';
const TYPE = PURCHASE_REQUISITION_SUBMITTED;

interface Sending {
  readonly system?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds by which the sender's clock is behind. */
  readonly late?: number;
}

function opened() {
  const clock = new SettableClock();
  const store = new MemoryStore();
  const bus: BusEvent[] = [];
  const refusals: string[] = [];
  const logged: string[] = [];
  let isBusDown = false;
  const app = createWebhook({
    store,
    clock,
    publisher: {
      async publish(events) {
        if (isBusDown) {
          throw new ConnectorTransientError('EventBridge did not take 1 of 1 events: ThrottlingException');
        }
        bus.push(...events);
      },
    },
    keysOf: async (system) => (system === 'demo-oa' ? [KEY, EARLIER_KEY] : []),
    report: (refusal) => refusals.push(refusal),
    log: (message, facts) => logged.push(JSON.stringify({ message, ...facts })),
  });
  const send = async (body: string | Uint8Array<ArrayBuffer>, sending: Sending = {}) => {
    const { system = 'demo-oa', key = KEY, headers = {}, late = 0 } = sending;
    const timestamp = String(Math.floor(clock.now().getTime() / 1000) - late);
    const signed = {
      'content-type': 'application/json',
      [TIMESTAMP_HEADER]: timestamp,
      [SIGNATURE_HEADER]: signBody(key, timestamp, body),
    };
    const init = { method: 'POST', headers: { ...signed, ...headers }, body };
    const bindings = { sourceIp: '192.0.2.7' };
    const response = await app.request(`https://pages.meridian.example/events/${system}`, init, bindings);
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  return { send, bus, refusals, logged, clock, app, store, breakBus: (isDown: boolean) => (isBusDown = isDown) };
}

const event = requisitionEvent();
const bodyOf = (detail: object, detailType: string = TYPE) => JSON.stringify({ 'detail-type': detailType, detail });

describe('a signed event', () => {
  it('lies on the bus, as the OA itself would have put it, before it is answered', async () => {
    const { send, bus, refusals } = opened();

    const { status, body } = await send(bodyOf(event));

    expect(status).toBe(202);
    expect(body).toEqual({ result: 'accepted', eventId: event.metadata.eventId });
    expect(bus).toEqual([{ source: 'meridian.oa', detailType: TYPE, detail: event }]);
    expect(refusals).toEqual([]);
  });

  it('that comes again is answered and not put again; another one under its id is refused', async () => {
    const { send, bus } = opened();
    await send(bodyOf(event));

    expect(await send(bodyOf(event))).toMatchObject({ status: 202, body: { result: 'accepted-before' } });
    expect(await send(bodyOf({ ...event, more: 1 }))).toMatchObject({ status: 409, body: { code: 'event-id-reused' } });
    expect(bus).toHaveLength(1);
  });

  it('is taken under the key before, so that keys can be changed', async () => {
    const { send } = opened();

    expect((await send(bodyOf(event), { key: EARLIER_KEY })).status).toBe(202);
  });

  it('that the bus does not take is to be sent again, and is taken then', async () => {
    const { send, bus, breakBus } = opened();
    breakBus(true);
    const { status, headers, body } = await send(bodyOf(event));
    expect([status, headers.get('retry-after'), body.code]).toEqual([503, '5', 'try-again']);

    breakBus(false);

    expect((await send(bodyOf(event))).body).toMatchObject({ result: 'accepted' });
    expect(bus).toHaveLength(1);
  });

  it('whose place could not be written is put again when it comes again: at least once, never never', async () => {
    const { send, bus, store } = opened();
    store.commitFault = (commit) => (commit === 1 ? 'before' : undefined);
    expect((await send(bodyOf(event))).status).toBe(503);

    expect((await send(bodyOf(event))).body).toMatchObject({ result: 'accepted' });
    expect(bus).toHaveLength(2);
  });

  it('sent twenty times at once is accepted each time', async () => {
    const { send, bus } = opened();

    const answers = await Promise.all(Array.from({ length: 20 }, () => send(bodyOf(event))));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(bus.length).toBeGreaterThanOrEqual(1);
  });
});

describe('a burst of 2,000 events', () => {
  it('is accepted without loss, also of those that the OA sends again after an answer that was lost', async () => {
    const { send, bus } = opened();
    const ids = Array.from({ length: 2_000 }, (_, index) => `oa-${index}`);
    const sent = (eventId: string) => send(bodyOf({ ...event, metadata: { ...event.metadata, eventId } }));

    const answers = await Promise.all(ids.map(sent));
    const again = await Promise.all(ids.slice(0, 200).map(sent));

    expect(new Set(answers.map(({ body }) => body.result))).toEqual(new Set(['accepted']));
    expect(new Set(again.map(({ body }) => body.result))).toEqual(new Set(['accepted-before']));
    const put = bus.map(({ detail }) => (detail as typeof event).metadata.eventId);
    expect(put).toHaveLength(ids.length);
    expect(new Set(put)).toEqual(new Set(ids));
  });
});

describe('what is refused reaches no bus, is counted, and its answer names the remedy', () => {
  const long = `${'x'.repeat(200_000)}`;
  const cases: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, Sending, number, string])[] = [
    ['of an OA that has no webhook', bodyOf(event), { system: 'other-oa' }, 404, 'unknown-system'],
    ['under another key', bodyOf(event), { key: 'x'.repeat(40) }, 401, 'wrong-signature'],
    [
      'with a signature of another length',
      bodyOf(event),
      { headers: { [SIGNATURE_HEADER]: 'v1=00' } },
      401,
      'wrong-signature',
    ],
    ['with a timestamp that is none', bodyOf(event), { headers: { [TIMESTAMP_HEADER]: 'now' } }, 401, 'malformed'],
    ['replayed after five minutes', bodyOf(event), { late: 301 }, 401, 'outside-window'],
    ['from a clock that is ahead', bodyOf(event), { late: -301 }, 401, 'outside-window'],
    ['of more than 200,000 bytes', bodyOf({ ...event, long }), {}, 413, 'too-large'],
    ['that is no JSON', 'detail-type=x', {}, 400, 'not-json'],
    ['that is empty', '', {}, 400, 'not-json'],
    ['in another encoding', Uint8Array.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d]), {}, 400, 'not-json'],
    ['of another media type', bodyOf(event), { headers: { 'content-type': 'text/plain' } }, 400, 'not-json'],
    ['nested without end', `${'['.repeat(90_000)}${']'.repeat(90_000)}`, {}, 400, 'too-deep'],
    ['of an unknown type', bodyOf(event, 'PaymentCompleted'), {}, 422, 'unreadable-event'],
    ['without metadata', bodyOf({ oa: event.oa }), {}, 422, 'unreadable-event'],
    [
      'of another OA than its key',
      bodyOf({ ...event, oa: { ...event.oa, system: 'other-oa' } }),
      {},
      403,
      'other-system',
    ],
  ];

  it.each(cases)('an event %s', async (_name, body, sending, status, code) => {
    const { send, bus, refusals } = opened();

    const answer = await send(body, sending);

    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(bus).toEqual([]);
    expect(refusals).toEqual([code]);
  });

  it('with each field that cannot be read', async () => {
    const { send } = opened();
    const { eventId: _none, ...metadata } = event.metadata;

    const { body } = await send(bodyOf({ ...event, metadata }, 'Nothing'));

    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'detail-type',
      'detail.metadata.eventId',
    ]);
  });

  it('whatever bytes come, under whatever headers; and nothing of them is logged', async () => {
    const { send, bus, logged } = opened();
    const secret = 'do-not-log-me';

    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.record({ signature: fc.string(), timestamp: fc.string(), isSigned: fc.boolean() }),
        async (bytes, { signature, timestamp, isSigned }) => {
          const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '').trim();
          const headers = isSigned
            ? {}
            : { [SIGNATURE_HEADER]: `${secret}${printable(signature)}`, [TIMESTAMP_HEADER]: printable(timestamp) };

          const { status } = await send(Uint8Array.from([...Buffer.from(secret), ...bytes]), { headers });

          expect([400, 401, 422]).toContain(status);
        },
      ),
    );
    expect(bus).toEqual([]);
    expect(logged.join()).not.toContain(secret);
  });

  describe('and signed, it repeats nothing of what was sent, in the answer or in the log', () => {
    const secret = 'do-not-log-me';
    const marked = fc
      .jsonValue()
      .chain((value) => fc.constantFrom([secret, value], { [secret]: value }, { detail: value, 'detail-type': secret }))
      .map((value) => JSON.stringify(value));
    const fields = ['detail-type', 'detail', 'metadata', 'eventId', 'occurredAt', 'oa', 'system', 'requester', 'more'];
    /** A right request in which one field has another value, wherever it stands, or stands where it does not belong. */
    const mutated = fc
      .record({
        field: fc.constantFrom(...fields),
        value: fc.oneof(fc.constant(secret), fc.constant({ [secret]: secret }), fc.jsonValue()),
        extra: fc.boolean(),
      })
      .map(({ field, value, extra }) => {
        const change = (key: string, one: unknown) => (key === field ? value : one);
        const changed: object = JSON.parse(JSON.stringify(JSON.parse(bodyOf(event)), change));
        return JSON.stringify(extra ? { ...changed, [secret]: value } : changed);
      });

    it.each([
      ['any JSON', marked],
      ['a right event with a change', mutated],
    ])('%s', async (_name, bodies) => {
      const { send, logged } = opened();

      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          const { status, body: answer } = await send(body);

          expect([202, 400, 403, 409, 422]).toContain(status);
          expect(status === 202 ? '' : JSON.stringify(answer)).not.toContain(secret);
        }),
      );
      expect(logged.join()).not.toContain(secret);
      expect(logged.join()).not.toContain(KEY);
    });

    it('a field that does not belong there', async () => {
      const { send } = opened();

      const { body } = await send(JSON.stringify({ ...JSON.parse(bodyOf(event)), [secret]: 1 }));

      expect(body.errors).toEqual([
        { field: '(whole)', problem: 'must have no other fields than detail-type and detail' },
      ]);
    });
  });

  it('by another method or at another address', async () => {
    const { app } = opened();

    const answers = await Promise.all([
      app.request('/events/demo-oa', {}, { sourceIp: '192.0.2.7' }),
      app.request('/events/demo-oa/more', { method: 'POST' }, { sourceIp: '192.0.2.7' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  });
});
