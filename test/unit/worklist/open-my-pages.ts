/** The pages of whoever is signed in, over purchases that wait, asked as API Gateway asks them. */
import { createStoreDirectory } from '../../../functions/directory/store-directory.ts';
import { createMyPages } from '../../../functions/worklist/my-pages.tsx';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { visitorsOf } from '../../support/visitors.ts';

/** Requisitions that are filed, by their changes; one where none are named. */
export async function openMyPages(...changes: readonly Parameters<typeof requisitionEvent>[0][]) {
  const world = new PurchaseWorld();
  const events = (changes.length === 0 ? [{}] : changes).map((change) => requisitionEvent(change));
  for (const event of events) {
    await world.submit(event);
  }
  return { world, events, ...pagesOver(world) };
}

/** One requisition that is filed, and its requester, who is signed in. */
export async function openFirstRequest() {
  const { world, events, signIn, guesses } = await openMyPages();
  const [event] = events;
  if (event === undefined) {
    throw new Error('nothing was filed');
  }
  const { processId } = await world.head(event);
  const requester = await signIn(event.requester.employeeId);
  return { world, event, processId, signIn, requester, guesses };
}

/** The pages over requests of any kind. */
export function pagesOver(world: Pick<PurchaseWorld, 'store' | 'urgeDeps'>) {
  const inMemory = world.urgeDeps();
  const directory = createStoreDirectory(world.store, inMemory.directory);
  /** Attempts that were refused unrecorded, as operators count them. */
  const guesses: string[] = [];
  const onGuess = (guess: string) => guesses.push(guess);
  const deps = { ...inMemory, directory, currency: 'CNY', timeZone: 'Asia/Shanghai', onGuess };
  return { ...visitorsOf(deps, createMyPages(deps)), guesses };
}

/** Addresses of the tasks that a list shows. */
export function taskPaths(page: string): readonly string[] {
  return [...page.matchAll(/href="(\/me\/tasks\/[^"]+)"/g)].map(([, path = '']) => path);
}

/** The first of them. */
export function firstTask(page: string): string {
  const [path] = taskPaths(page);
  if (path === undefined) {
    throw new Error('the list shows no task');
  }
  return path;
}
