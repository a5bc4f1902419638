/** Requesters with the form of what came back in front of them. */
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { formFields } from '../../support/shown-form.ts';
import { pagesOver } from './open-my-pages.ts';

export const REQUESTER = 'E-1001';
export const COLLEAGUE = 'E-1002';
export const MANAGER = 'E-2001';
export const LIST = '/me/requests?lang=en';

type World = Pick<PurchaseWorld, 'store' | 'urgeDeps' | 'run'>;

/** The requester of what came back, with the form in front of them. */
export async function before(world: World, processId: string) {
  const { signIn } = pagesOver(world);
  const requester = await signIn(REQUESTER);
  const question = `/me/requests?resubmit=${processId}&lang=en`;
  const shown = async () => formFields((await requester.get(question)).text);
  /** Undefined: as somebody who takes the tick or the field away. */
  const send = async (changes: Readonly<Record<string, string | undefined>>, from?: Record<string, string>) => {
    const entries = Object.entries({ ...(from ?? (await shown())), resubmit: processId, ...changes });
    const fields = Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const answer = await requester.post(LIST, fields);
    await world.run();
    return answer;
  };
  return { signIn, requester, question, shown, send };
}

export async function returnedPurchase(changes: Parameters<typeof requisitionEvent>[0] = {}) {
  const world = new PurchaseWorld();
  const event = requisitionEvent(changes);
  await world.submit(event);
  await world.returnIt(MANAGER);
  const { processId } = await world.head(event);
  const entries = async () => (await world.record(event)).filter(({ type }) => /Resub/.test(type));
  return { world, event, processId, entries, ...(await before(world, processId)) };
}
