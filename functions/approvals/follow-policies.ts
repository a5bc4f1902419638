/**
 * After a deployment of other rules, or of another directory, the tasks that are wrong now go where they lead, by themselves.
 * Also after an operator put a version of the directory in use: what their command did not get to is done here.
 */
import type { DirectoryData } from '../directory/directory-file.ts';
import { currentVersion, directoryDigest, readDirectoryVersion } from '../directory/directory-versions.ts';
import { createFileDirectory } from '../directory/file-directory.ts';
import { rememberPolicies } from '../policy/policy-versions.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import { policiesFollowedKey } from '../process/keys.ts';
import { runningProcesses } from '../process/running-processes.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, placeOf } from '../process/update-process.ts';
import type { DecisionDeps } from './decision-deps.ts';
import { failureText } from './failure-text.ts';
import { isOfAll, Overtaken } from './overtaken.ts';
import type { RerouteOrder } from './plan-anew.ts';
import type { PlanApprovalDeps } from './plan-approval.ts';
import {
  type Followable,
  isWalkOf,
  keptWalk,
  readWalk,
  recordEnd,
  type Walk,
  walkOf,
  withFailure,
} from './policies-followed.ts';
import { byPolicies, previewProcess, type Rerouted, type RerouteOutcome, rerouteApproval } from './re-route-tasks.ts';

export interface FollowPoliciesDeps extends ProcessDeps {
  readonly policies: Policies;
  /** Version 0 of the directory, whole. */
  readonly deployed: DirectoryData;
  /** False: it is time to end; the next run goes on. */
  readonly hasTime: () => boolean;
}

/** What was done about all open tasks since the walk began; `isFinished`: nothing is left to do. */
export interface FollowRun extends Pick<Walk, 'moved' | 'unchanged' | 'failed'> {
  readonly isFinished: boolean;
}

type WalkDeps = FollowPoliciesDeps & DecisionDeps & PlanApprovalDeps;

/** Processes looked at until where it stands is kept: so many are looked at again, at most, by whoever goes on. */
const KEPT_EVERY = 100;

/**
 * Walks through all processes that run, once for each version of what counts; nothing happens where that is done. Each task
 * moves in one transaction with the count of it, so that whoever goes on after a kill moves nothing twice, and the end is
 * recorded once. A task that cannot follow keeps no other from its change; operators are told of all of them at the end.
 * @throws ConnectorTransientError, ConfigError: the next run goes on.
 */
export async function followPolicies(deps: FollowPoliciesDeps): Promise<FollowRun> {
  const counted = await whatCounts(deps);
  const before = await readWalk(deps.store);
  if (before?.value.doneAt !== undefined && isWalkOf(before.value, counted)) {
    return runOf(before.value, true);
  }
  await rememberPolicies(deps, deps.policies.inForce());
  const walker = new Walker(await withDirectory(deps, counted), counted, before);
  try {
    const isFinished = await walker.walk();
    return runOf(walker.progress, isFinished);
  } catch (error) {
    if (error instanceof Overtaken) {
      return runOf(walker.progress, false);
    }
    throw error;
  }
}

async function whatCounts({ store, policies, deployed }: FollowPoliciesDeps): Promise<Followable> {
  const { digest } = policies.inForce();
  const directoryVersion = await currentVersion(store);
  const file = directoryVersion === 0 ? { directory: directoryDigest(deployed) } : {};
  return { policies: digest, directoryVersion, ...file };
}

function runOf({ moved, unchanged, failed }: Walk, isFinished: boolean): FollowRun {
  return { isFinished, moved, unchanged, failed };
}

/** The whole version is in memory: thousands of tasks ask it the same questions. */
async function withDirectory(deps: FollowPoliciesDeps, { directoryVersion: version }: Followable): Promise<WalkDeps> {
  const data = version === 0 ? deps.deployed : await readDirectoryVersion(deps.store, version);
  return { ...deps, directory: createFileDirectory(data) };
}

/** One run: where the walk stands, and what of that is kept. */
class Walker {
  progress: Walk;
  #kept: WorkItem<Walk> | undefined;
  readonly #deps: WalkDeps;
  readonly #order: RerouteOrder;

  constructor(deps: WalkDeps, counted: Followable, kept: WorkItem<Walk> | undefined) {
    const isItsWalk = kept !== undefined && isWalkOf(kept.value, counted);
    this.progress = isItsWalk ? kept.value : walkOf(counted, deps.clock.now());
    this.#kept = kept;
    this.#deps = deps;
    this.#order = { by: byPolicies(counted.policies), directoryVersion: counted.directoryVersion };
  }

  /** Whether it came to its end. */
  async walk(): Promise<boolean> {
    let looked = 0;
    for await (const head of runningProcesses(this.#deps.store, this.progress.behind)) {
      if (!this.#deps.hasTime()) {
        await this.#keep();
        return false;
      }
      await this.#follow(head);
      looked += 1;
      if (looked % KEPT_EVERY === 0) {
        await this.#keep();
      }
    }
    await recordEnd(this.#deps, this.progress, (done) => this.#note(done));
    return true;
  }

  async #follow(head: ProcessHead): Promise<void> {
    const { processId } = head;
    const behind = placeOf(head);
    const seen = await this.#look(processId);
    if ('reason' in seen) {
      this.progress = { ...withFailure(this.progress, { processId, reason: seen.reason }), behind };
      return;
    }
    const { undecided, wrong } = seen;
    const passed = (walk: Walk): Walk => ({ ...walk, behind, unchanged: walk.unchanged + undecided - wrong.length });
    if (wrong.length === 0) {
      this.progress = passed(this.progress);
    }
    for (const [index, planned] of wrong.entries()) {
      await this.#reroute(planned, index === wrong.length - 1 ? passed(this.progress) : this.progress);
    }
  }

  async #look(processId: string): Promise<Awaited<ReturnType<typeof previewProcess>> | { readonly reason: string }> {
    try {
      return await previewProcess(this.#deps, processId, this.#order);
    } catch (error) {
      if (isOfAll(error)) {
        throw error;
      }
      return { reason: failureText(error) };
    }
  }

  /** @param next - where the walk stands then, but for what becomes of this one */
  async #reroute(planned: Rerouted, next: Walk): Promise<void> {
    const moved: Walk = { ...next, moved: next.moved + 1 };
    const { became, processId, approvalId, refusal } = await this.#move(planned, moved);
    switch (became) {
      case 'moved':
        this.#isKept(moved);
        return;
      case 'unchanged':
        this.progress = { ...next, unchanged: next.unchanged + 1 };
        return;
      case 'failed':
        this.progress = withFailure(next, { processId, approvalId, reason: refusal ?? '' });
    }
  }

  async #move(planned: Rerouted, moved: Walk): Promise<RerouteOutcome> {
    if (planned.refusal !== undefined) {
      return { ...planned, became: 'failed' };
    }
    try {
      return await rerouteApproval(this.#deps, planned, this.#order, () => this.#note(moved));
    } catch (error) {
      if (isOfAll(error)) {
        throw error;
      }
      return { ...planned, became: 'failed', refusal: failureText(error) };
    }
  }

  async #keep(): Promise<void> {
    const change = await this.#note(this.progress);
    await this.#deps.store.commit({ entries: [], personal: [], changes: [change] });
    this.#isKept(this.progress);
  }

  /** Where the walk stands, to be committed by nobody but the one run that walks, while the same directory counts. */
  async #note(next: Walk): Promise<WorkChange> {
    const [found, version] = await Promise.all([readWalk(this.#deps.store), currentVersion(this.#deps.store)]);
    if (found?.version !== this.#kept?.version || version !== this.progress.directoryVersion) {
      throw new Overtaken('another run goes on');
    }
    return keptWalk(this.#kept, next);
  }

  #isKept(value: Walk): void {
    this.#kept = { key: policiesFollowedKey(), version: (this.#kept?.version ?? 0) + 1, value };
    this.progress = value;
  }
}
