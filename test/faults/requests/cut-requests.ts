/** Requests to the ERP that their callers have given up, and that are carried out all the same. */
import type { Chaos } from '../kit/chaos.ts';

/**
 * Seconds after which. The soonest is mostly after the next try of who gave it up. One to an ERP without keys is carried
 * out before the lease of its claim is over, or never: that is what such an ERP must warrant.
 */
const SECONDS = { soon: 7, late: 25, later: 2 * 86_400 } as const;

export class CutRequests {
  private requests: { readonly at: number; readonly call: () => Promise<unknown> }[] = [];
  private readonly chaos: Chaos;
  private readonly now: () => number;
  private readonly knowsKeys: () => boolean;

  constructor(parts: { readonly chaos: Chaos; readonly now: () => number; readonly knowsKeys: () => boolean }) {
    this.chaos = parts.chaos;
    this.now = parts.now;
    this.knowsKeys = parts.knowsKeys;
  }

  add(place: string, call: () => Promise<unknown>): void {
    const fates = this.knowsKeys() ? (['late', 'later'] as const) : (['late'] as const);
    const fate = this.chaos.at('messages', `cut request ${place}`, fates) ?? 'soon';
    this.requests.push({ at: this.now() + SECONDS[fate] * 1000, call });
  }

  /** When the next one is carried out. */
  next(): Date | undefined {
    const first = Math.min(...this.requests.map(({ at }) => at));
    return Number.isFinite(first) ? new Date(first) : undefined;
  }

  /** Carries out those whose time has come; who gave them up hears nothing. */
  async carryOut(): Promise<void> {
    const now = this.now();
    const due = this.requests.filter(({ at }) => at <= now);
    this.requests = this.requests.filter(({ at }) => at > now);
    for (const { call } of due) {
      await call().catch(() => undefined);
    }
  }
}
