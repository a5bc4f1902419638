/** The requester urges from the list of their requests, or by the API, within the limits of an urge that comes from the OA. */
import { describe, expect, it } from 'vitest';
import type { PurchaseWorld } from '../../support/purchase-world.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { openFirstRequest } from './open-my-pages.ts';
import { openWorklistApi } from './open-worklist-api.ts';

const REQUESTER = 'E-1001';
const COLLEAGUE = 'E-1002';
const MANAGER = 'E-2001';
const PAGE = '/me/requests?lang=en';

const reminders = (world: PurchaseWorld) =>
  world.mails.filter(({ to, subject }) => to === 'wang.qiang@meridian.example' && /^(Reminder|催办)/.test(subject))
    .length;

async function onThePage() {
  const { world, event, processId, signIn, requester } = await openFirstRequest();
  // As a page that was opened before still shows the button.
  const opened = hiddenFields((await requester.get(PAGE)).text);
  const urge = async (who = requester) => {
    const fields = who === requester ? opened : hiddenFields((await who.get(PAGE)).text);
    const answer = await who.post(PAGE, { ...fields, urge: processId });
    await world.run();
    return answer;
  };
  const entries = async () => (await world.record(event)).filter(({ type }) => /Urge/.test(type));
  return { world, event, processId, signIn, requester, urge, entries };
}

async function byTheApi() {
  const { world, event, as } = await openWorklistApi();
  const { processId } = await world.head(event);
  const urge = async (key: string | null, employeeId = REQUESTER, path = `/api/v1/requests/${processId}/urge`) => {
    const { status, body } = await as(employeeId).post(path, {}, key);
    await world.run();
    return [status, body.result ?? body.code];
  };
  const entries = async () => (await world.record(event)).filter(({ type }) => /Urge/.test(type));
  return { world, urge, entries };
}

describe('an urge from the list of requests', () => {
  it('reminds whoever has it now, and the record says that somebody was signed in', async () => {
    const { world, requester, urge, entries } = await onThePage();

    expect((await requester.get(PAGE)).text).toContain('Urge</button>');
    const { status, text } = await urge();

    expect([status, text.includes('They were urged'), reminders(world)]).toEqual([200, true, 1]);
    expect(await entries()).toMatchObject([
      { type: 'LevelUrged', actor: { id: REQUESTER }, facts: { via: 'signed-in', approverIds: [MANAGER] } },
    ]);
  });

  it('leaves nothing to press until it would count again', async () => {
    const { world, signIn, urge } = await onThePage();
    await urge();

    const soon = (await (await signIn(REQUESTER)).get(PAGE)).text;
    await world.advance(4);
    const later = (await (await signIn(REQUESTER)).get(PAGE)).text;

    expect(soon).toMatch(/Urged .+; again after 4 working hours/);
    expect(soon).not.toContain('Urge</button>');
    expect(later).toContain('Urge</button>');
  });

  it('does not count again within four hours, and the page says so; the OA, which did not ask, is told nothing', async () => {
    const { world, signIn, urge, entries } = await onThePage();
    await urge();
    const told = world.told();

    const again = await urge();
    await world.advance(4);
    // The session is over by then.
    const later = await urge(await signIn(REQUESTER));

    expect([again.status, again.text.includes('Nobody was urged'), later.status]).toEqual([409, true, 200]);
    expect(world.told()).toEqual(told);
    expect((await entries()).map(({ type, facts }) => [type, facts.refusal])).toEqual([
      ['LevelUrged', undefined],
      ['UrgeRefused', 'urged-already'],
      ['LevelUrged', undefined],
    ]);
  });

  it('is not offered while nobody is asked, and does not count when it is sent nevertheless', async () => {
    const { world, requester, entries, processId } = await onThePage();
    const [csrf = ''] = (await requester.get(PAGE)).text.match(/(?<=name="csrf" value=")[^"]+/) ?? [];
    await world.returnIt(MANAGER);

    const { text } = await requester.get(PAGE);
    const late = await requester.post(PAGE, { csrf, urge: processId });

    expect([text.includes('Urge</button>'), late.status]).toEqual([false, 409]);
    expect(await entries()).toMatchObject([{ type: 'UrgeRefused', facts: { refusal: 'nobody-asked' } }]);
  });

  it('counts only with the token of the session', async () => {
    const { world, requester, processId, entries } = await onThePage();

    const { status } = await requester.post(PAGE, { urge: processId });

    expect([status, await entries(), reminders(world)]).toEqual([403, [], 0]);
  });

  it('of somebody else’s request is unknown to them, and recorded', async () => {
    const { world, signIn, requester, processId, entries } = await onThePage();
    const colleague = await signIn(COLLEAGUE);
    const page = await colleague.get('/me/absence');
    const [csrf = ''] = page.text.match(/(?<=name="csrf" value=")[^"]+/) ?? [];

    const others = await colleague.post(PAGE, { csrf, urge: processId });
    const none = await requester.send(PAGE, { urge: 'P2P-none' });

    expect([others.status, none.status, reminders(world)]).toEqual([404, 404, 0]);
    expect(await entries()).toMatchObject([
      { type: 'UrgeRefused', actor: { id: COLLEAGUE }, facts: { refusal: 'not-the-requester' } },
    ]);
  });

  it('that does not count is limited, so that nobody fills a record with them', async () => {
    const { urge, entries } = await onThePage();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 23; attempt += 1) {
      statuses.push((await urge()).status);
    }

    expect(statuses).toEqual([200, ...Array(20).fill(409), 429, 429]);
    expect(await entries()).toHaveLength(21);
  });
});

describe('an urge by the API', () => {
  it('reminds once, however often it is sent under its key, and says so each time', async () => {
    const { world, urge, entries } = await byTheApi();

    const first = [await urge('key-1'), await urge('key-1')];
    await world.advance(5);
    const late = await urge('key-1');

    expect([...first, late]).toEqual(Array(3).fill([200, 'urged']));
    expect(reminders(world)).toBe(1);
    expect(await entries()).toMatchObject([{ type: 'LevelUrged', facts: { via: 'api' } }]);
  });

  it('is refused by name where it does not count', async () => {
    const { world, urge } = await byTheApi();
    await urge('key-1');

    expect(await urge('key-2')).toEqual([409, 'urged-already']);
    expect(await urge(null)).toEqual([400, 'idempotency-key-missing']);
    expect(await urge('key-3', COLLEAGUE)).toEqual([404, 'not-found']);
    expect(await urge('key-4', REQUESTER, '/api/v1/requests/P2P-none/urge')).toEqual([404, 'not-found']);
    expect(await urge('key-1', REQUESTER, '/api/v1/requests/P2P-none/urge')).toEqual([404, 'not-found']);
    await world.returnIt(MANAGER);
    expect(await urge('key-5')).toEqual([409, 'nobody-asked']);
  });
});
