/** The task lists, and those of what was decided, as the store would have them, kept from nothing but the changes that replace an approval. */
import { replaceApproval } from '../../../functions/approvals/approval-store.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { OpenTask } from '../../../functions/approvals/domain/open-tasks.ts';
import { approvalKey } from '../../../functions/process/keys.ts';

const PROCESS = 'P2P-1';
const DECIDED = 'DECIDED#';

export class TaskBook {
  private readonly items = new Map<string, string>();
  private version = 0;

  replace(before: ApprovalState, after: ApprovalState): void {
    this.version += 1;
    const item = { key: approvalKey(PROCESS, before.plan.approvalId), version: this.version, value: before };
    const [, ...changes] = replaceApproval(PROCESS, item, after);
    const ids = changes.map(({ key }) => `${key.partition}\n${key.sort}`);
    if (new Set(ids).size < ids.length) {
      throw new Error(`a transaction has each item once; this one has ${ids.join(', ')}`);
    }
    for (const [index, change] of changes.entries()) {
      if (change.kind === 'put') {
        this.items.set(ids[index] ?? '', JSON.stringify(change.value));
      } else {
        this.items.delete(ids[index] ?? '');
      }
    }
  }

  /** The next version has an approval, and items, of its own. */
  nextVersion(): void {
    for (const id of [...this.items.keys()].filter((one) => one.startsWith(DECIDED))) {
      this.items.delete(id);
    }
  }

  /** Who has it among what they decided, with the instant by which it is ordered. */
  decided(): readonly string[] {
    return [...this.items.keys()]
      .filter((id) => id.startsWith(DECIDED))
      .map((id) => {
        const [person = '', sort = ''] = id.slice(DECIDED.length).split('\n');
        return `${person} ${sort.split('#')[0]}`;
      })
      .toSorted();
  }

  /** Of everybody: `person level deadline decision|opinion`. */
  all(): readonly string[] {
    return [...this.items]
      .filter(([id]) => id.startsWith('TASKS#'))
      .map(([id, json]): string => {
        const { level, deadline, isForOpinion }: OpenTask = JSON.parse(json);
        const person = id.slice('TASKS#'.length, id.indexOf('\n'));
        return [person, level, deadline, isForOpinion ? 'opinion' : 'decision'].join(' ');
      })
      .toSorted();
  }
}
