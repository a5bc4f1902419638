/** Callbacks of suites, asked as API Gateway asks them: whatever comes, and however much of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForms } from '../../../functions/intake/forms-file.ts';
import type { QueuedChange } from '../../../functions/intake/port.ts';
import { createSuiteCallback, MAX_CALLBACK_BYTES } from '../../../functions/intake/suite-callback.ts';
import { queuedChangeSchema, takeChange } from '../../../functions/intake/take-change.ts';
import type { BusEvent } from '../../../functions/process/event-publisher.ts';
import { ConfigError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { purchaseForm, purchaseInstance } from '../../support/suite-forms.ts';
import { DINGTALK, FEISHU, SUITES, type SuiteSending, WECOM } from '../../support/suites.ts';

const KINDS = ['feishu', 'dingtalk', 'wecom'] as const;
const SECRETS = [
  ...[FEISHU.encryptKey, FEISHU.verificationToken],
  ...[DINGTALK.token, DINGTALK.aesKey],
  ...[WECOM.token, WECOM.encodingAesKey],
];

function opened() {
  const clock = new SettableClock('2026-11-25T01:30:00.000Z');
  const queued: QueuedChange[] = [];
  const refusals: string[] = [];
  const logged: string[] = [];
  const fault: { queue?: Error; callbacks?: Error } = {};
  const app = createSuiteCallback({
    callbacksOf: (system) => {
      const kind = KINDS.find((one) => one === system);
      return kind === undefined
        ? undefined
        : {
            hear: async (request, now) => {
              if (fault.callbacks !== undefined) {
                throw fault.callbacks;
              }
              return SUITES[kind].callbacks.hear(request, now);
            },
          };
    },
    queue: {
      async send(change) {
        if (fault.queue !== undefined) {
          throw fault.queue;
        }
        queued.push(change);
      },
    },
    clock,
    report: () => refusals.push('one'),
    log: (message, facts) => logged.push(JSON.stringify({ message, ...facts })),
  });
  const send = async (
    system: string,
    { method, query, headers, body }: SuiteSending,
    raw?: Uint8Array<ArrayBuffer>,
  ) => {
    const url = new URL(`https://pages.meridian.example/suites/${system}`);
    url.search = new URLSearchParams(query).toString();
    const init = { method, headers, ...(method === 'POST' ? { body: raw ?? body } : {}) };
    const response = await app.request(url.toString(), init, { sourceIp: '192.0.2.7' });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return { send, queued, refusals, logged, clock, fault, app };
}

describe.each(KINDS)('a callback of %s', (kind) => {
  const { about, saying, isRightAnswer } = SUITES[kind];

  it('lies in the queue before it is answered, as the suite wants to be answered', async () => {
    const { send, queued, clock, refusals } = opened();

    const { status, body } = await send(kind, about('INSTANCE-1', clock.now()));

    expect([status, isRightAnswer(body)]).toEqual([200, true]);
    expect(queued.map((change) => queuedChangeSchema.parse(change))).toMatchObject([
      { system: kind, instanceId: 'INSTANCE-1', form: 'FORM-1', change: 'filed' },
    ]);
    expect(refusals).toEqual([]);
  });

  it('that the queue does not take is to be sent again, and is taken then', async () => {
    const { send, queued, clock, fault } = opened();
    fault.queue = new ConnectorTransientError('SQS did not answer as it should: Timeout');
    const refused = await send(kind, about('INSTANCE-1', clock.now()));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    delete fault.queue;

    expect((await send(kind, about('INSTANCE-1', clock.now()))).status).toBe(200);
    expect(queued).toHaveLength(1);
  });

  it('is taken at another suite’s address by nobody', async () => {
    const { send, queued, clock } = opened();
    const others = [...KINDS.filter((one) => one !== kind), 'nobody'];

    const answers = await Promise.all(others.map((other) => send(other, about('INSTANCE-1', clock.now()))));

    expect(answers.every(({ status }) => [400, 401, 404].includes(status))).toBe(true);
    expect(queued).toEqual([]);
  });

  it('that is too large is refused before anything of it is read', async () => {
    const { send, queued, clock, fault } = opened();
    fault.callbacks = new Error('must not be asked');

    const large = saying('x'.repeat(MAX_CALLBACK_BYTES), clock.now());

    expect((await send(kind, large)).status).toBe(413);
    expect(queued).toEqual([]);
  });

  it('whatever bytes, headers and parameters come, nothing is queued, nothing fails and no secret is logged', async () => {
    const { send, queued, logged, clock } = opened();
    const right = about('INSTANCE-1', clock.now());
    const odd = fc.oneof(fc.string(), fc.constantFrom('', '0', '-1', '9'.repeat(30), String(clock.now().getTime())));
    const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '').trim();
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string().map((text) => new TextEncoder().encode(text)),
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc.base64String().map((encrypt) => new TextEncoder().encode(JSON.stringify({ encrypt }))),
      fc.base64String().map((text) => new TextEncoder().encode(`<xml><Encrypt>${text}</Encrypt></xml>`)),
      fc.integer({ min: 1, max: 20_000 }).map((deep) => new TextEncoder().encode('['.repeat(deep))),
      fc.integer({ min: 1, max: 20_000 }).map((deep) => new TextEncoder().encode('<a>'.repeat(deep))),
      fc.constant(new TextEncoder().encode(right.body)),
    );
    await fc.assert(
      fc.asyncProperty(
        bodies,
        odd,
        odd,
        fc.constantFrom('GET', 'POST'),
        fc.boolean(),
        async (raw, first, second, method, isMixed) => {
          const signed = isMixed ? { ...right.query } : {};
          const sending = {
            method,
            query: { ...signed, signature: first, msg_signature: first, nonce: second, echostr: second },
            headers: {
              ...(isMixed ? right.headers : {}),
              'x-lark-signature': printable(first),
              'x-lark-request-nonce': printable(second),
            },
            body: '',
          } as const;

          const { status } = await send(kind, sending, Uint8Array.from(raw));

          expect([400, 401, 403]).toContain(status);
        },
      ),
    );
    expect(queued).toEqual([]);
    for (const secret of SECRETS) {
      expect(logged.join()).not.toContain(secret);
    }
  });

  it.each(['<a', '<a b="', '<a ', '</a', '<![CDATA[', '<Encrypt>', '<', '[', '{"a":', '"', 'A'])(
    'that is %j over and over, as long as a body may be, holds nobody up: without a signature, with a wrong one, and with a right one',
    async (piece) => {
      const { send, queued, clock } = opened();
      const long = (bytes: number) => piece.repeat(Math.floor(bytes / piece.length));
      const body = new TextEncoder().encode(long(MAX_CALLBACK_BYTES));
      const right = about('INSTANCE-1', clock.now());
      // The envelope's base64 makes four bytes of three.
      const signed = saying(long((MAX_CALLBACK_BYTES * 3) / 4 - 1_000), clock.now());

      const begun = performance.now();
      const answers = [
        await send(kind, { ...right, query: {}, headers: {} }, body),
        await send(kind, right, body),
        await send(kind, signed),
      ];

      // Milliseconds; what looks at each letter from each other letter takes ten seconds and more.
      expect(performance.now() - begun).toBeLessThan(3_000);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 400]);
      expect(queued).toEqual([]);
    },
  );

  it('whatever text is signed and enciphered as it should be, no function fails; what is queued is a change', async () => {
    const { send, queued, clock } = opened();
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.json(),
      fc.json().map((text) => `{"EventType":"bpms_instance_change","type":"start","processInstanceId":${text}}`),
      fc.string().map((text) => `<xml><ToUserName>${WECOM.corpId}</ToUserName><Event>${text}</Event></xml>`),
      fc.integer({ min: 1, max: 10_000 }).map((deep) => `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { status } = await send(kind, saying(text, clock.now()));

        expect([200, 400, 403, 413]).toContain(status);
      }),
    );
    for (const change of queued) {
      queuedChangeSchema.parse(change);
    }
  });
});

it('a secret that is not filled in is the operators’ to mend: nothing is taken, and the secret stands nowhere', async () => {
  const { send, queued, logged, clock, fault } = opened();
  fault.callbacks = new ConfigError('secret arn:aws:secretsmanager:… is not filled in as docs/deploy.md says');

  const { status, body } = await send('feishu', SUITES.feishu.about('I-1', clock.now()));

  expect([status, JSON.parse(body).code]).toEqual([500, 'failed']);
  expect(logged.join()).toContain('ConfigError');
  expect(queued).toEqual([]);
});

it('other methods and addresses are answered as not found', async () => {
  const { app } = opened();

  const answers = await Promise.all([
    app.request('/suites/feishu', { method: 'PUT' }, { sourceIp: '192.0.2.7' }),
    app.request('/suites/feishu/more', { method: 'POST' }, { sourceIp: '192.0.2.7' }),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});

describe('a burst of 2,000 forms', () => {
  const BURST = 2_000;
  const AT_ONCE = 10;

  it('is accepted without loss, each told twice and in any order, and lies on the bus once each, while few are read at once', async () => {
    const { send, queued, clock } = opened();
    const ids = Array.from({ length: BURST }, (_, index) => `INSTANCE-${index}`);

    const statuses = await Promise.all(
      ids.map((id) => send('feishu', SUITES.feishu.about(id, clock.now())).then(({ status }) => status)),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(new Set(queued.map(({ instanceId }) => instanceId)).size).toBe(BURST);

    const bus: BusEvent[] = [];
    const reading = { now: 0, most: 0 };
    const table = parseForms({ forms: [purchaseForm] });
    const store = new MemoryStore();
    const instances = {
      async read() {
        reading.now += 1;
        reading.most = Math.max(reading.most, reading.now);
        await new Promise((resolve) => setImmediate(resolve));
        reading.now -= 1;
        return purchaseInstance();
      },
    };
    const deps = {
      ...{ store, clock, suiteOf: () => ({ instances, table }) },
      publisher: { publish: async (events: readonly BusEvent[]) => void bus.push(...events) },
    };
    // At least once and in no order, as the queue delivers; as many workers as it allows.
    const waiting = [...queued, ...queued].sort((left, right) => (digestOf(left) < digestOf(right) ? -1 : 1));
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          await takeChange(deps, next);
        }
      }),
    );

    const requestIds = bus.map(({ detail }) => (detail as { oa: { requestId: string } }).oa.requestId);
    expect(new Set(requestIds)).toEqual(new Set(ids));
    expect(reading.most).toBeLessThanOrEqual(AT_ONCE);
  });
});

/** Some order that is not the one in which they came. */
function digestOf({ instanceId }: QueuedChange): string {
  return [...instanceId].reverse().join('');
}
