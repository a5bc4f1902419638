/** A person opens a decision link, or acts by it. Opening changes nothing; only acting does. */
import type { WorkItem } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { type AttemptResult, actOnApproval } from './act-on-approval.ts';
import { refusalEntry } from './approval-entries.ts';
import { readApprovalItem } from './approval-store.ts';
import type { DecidingDeps, DecisionDeps } from './decision-deps.ts';
import type { PersonCommand, Wish } from './domain/approval-commands.ts';
import type { Refusal } from './domain/approval-events.ts';
import { countGuess, type GuessDeps, isGuessStopped } from './guesses.ts';
import { commandOf, type DecisionLink, markUsed, type OpenedLink, openedBy, readLink, refusalOfLink } from './links.ts';
import { type DecisionView, viewOf } from './view-decision.ts';
import { withPerson } from './with-person.ts';

export type LinkDeps = DecisionDeps & GuessDeps;

/** A link that leads nowhere: nothing about any process is said. */
export type NoView =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'too-many-guesses' }
  /** The link is real but shows nothing any more: too old, or its person is not active. */
  | { readonly kind: 'hidden'; readonly refusal: 'expired' | 'inactive-person'; readonly locale: 'zh-CN' | 'en' };

export type ViewResult = NoView | { readonly kind: 'shown'; readonly view: DecisionView };

export type LinkDecisionResult =
  | NoView
  | { readonly kind: 'decided'; readonly action: string; readonly outcome: string; readonly view: DecisionView }
  | { readonly kind: 'done'; readonly task: string; readonly view: DecisionView }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      /** Names of those who may, where it is part of a purchase in pieces. */
      readonly mayDecide?: readonly string[];
      readonly view: DecisionView;
    };

interface LinkInput {
  readonly secret: string;
  readonly address: string;
  /** Employee id of whoever is signed in; undefined: nobody. */
  readonly signedInAs?: string | undefined;
}

/** What the opener of a link is to see. Writes nothing, but counts an unknown link against the address. */
export async function viewDecision(deps: LinkDeps, input: LinkInput): Promise<ViewResult> {
  const found = await findLink(deps, input);
  if (found.kind !== 'link') {
    return found;
  }
  const view = await viewOf(deps, openedBy(found.item.value, input.signedInAs));
  return hiddenReason(deps, found.item.value, view) ?? { kind: 'shown', view };
}

/**
 * Acts, or records why the attempt does not count. A link decides once; the second time it says what was decided.
 * @throws ConcurrencyError when others wrote first every time; nothing happened then.
 */
export async function actByLink(
  deps: LinkDeps & DecidingDeps,
  input: LinkInput & { readonly wish: Wish },
): Promise<LinkDecisionResult> {
  const found = await findLink(deps, input);
  if (found.kind !== 'link') {
    return found;
  }
  const link = found.item.value;
  const task = `${link.processId}/${link.approvalId}`;
  if (await isGuessStopped(deps, input.address, task)) {
    return { kind: 'too-many-guesses' };
  }
  const opened = openedBy(link, input.signedInAs);
  const result = await act(deps, found.item, opened, await withPerson(deps.directory, input.wish));
  const view = await viewOf(deps, opened);
  if (result.kind !== 'refused') {
    return { ...result, view };
  }
  // Refused attempts are written to the record: they are counted too, so that nobody fills it by repeating one.
  await countGuess(deps, input.address, task);
  return hiddenReason(deps, link, view) ?? { ...result, view };
}

type Found = { readonly kind: 'link'; readonly item: WorkItem<DecisionLink> } | NoView;

async function findLink(
  deps: LinkDeps,
  { secret, address }: { readonly secret: string; readonly address: string },
): Promise<Found> {
  if (await isGuessStopped(deps, address)) {
    return { kind: 'too-many-guesses' };
  }
  const item = await readLink(deps.store, secret);
  if (item === undefined) {
    deps.onGuess?.('unknown');
    await countGuess(deps, address);
    return { kind: 'unknown' };
  }
  return { kind: 'link', item };
}

function act(deps: DecisionDeps, item: WorkItem<DecisionLink>, link: OpenedLink, wish: Wish): Promise<AttemptResult> {
  const command = commandOf(link, wish);
  const refusal = refusalOfLink(link, wish.kind);
  if (refusal !== undefined) {
    const message = refusal === 'copied-only' ? 'the link is of somebody who was copied' : 'the link was used before';
    return refuse(deps, link, command, refusal, message);
  }
  if (isExpired(link, deps.clock.now())) {
    return refuse(deps, link, command, 'expired', `the link expired at ${link.expiresAt}`);
  }
  return actOnApproval(deps, {
    processId: link.processId,
    approvalId: link.approvalId,
    command,
    also: wish.kind === 'decide' ? [markUsed(item, deps.clock.now())] : [],
  });
}

/** The link itself is no good, whatever the approval would say. */
function refuse(
  deps: DecisionDeps,
  link: DecisionLink,
  command: PersonCommand,
  refusal: Refusal,
  message: string,
): Promise<AttemptResult> {
  return updateProcess<unknown, AttemptResult>(deps, link.processId, async () => {
    const { value: state } = await readApprovalItem(deps.store, link.processId, link.approvalId);
    const output = { kind: 'refused', refusal, message } as const;
    return { change: { entries: [refusalEntry(state, { command }, output)] }, output };
  });
}

function hiddenReason(deps: DecisionDeps, link: DecisionLink, view: DecisionView): NoView | undefined {
  if (isExpired(link, deps.clock.now())) {
    return { kind: 'hidden', refusal: 'expired', locale: link.locale };
  }
  return view.isActive ? undefined : { kind: 'hidden', refusal: 'inactive-person', locale: link.locale };
}

function isExpired(link: DecisionLink, now: Date): boolean {
  return now.getTime() > new Date(link.expiresAt).getTime();
}
