/** One run of a scenario: what people and systems do, and what goes wrong meanwhile. Data, so that it can be kept. */
import * as z from 'zod';
import type { Chaos, Rates } from './chaos.ts';

export const runSchema = z.object({
  /** Which scenario it is a run of. */
  scenario: z.string(),
  seed: z.int(),
  /** The scenario says what a step is. */
  steps: z.array(z.unknown()).readonly(),
  /** Kind of fault by place; absent: the seed decides what goes wrong. */
  faults: z.record(z.string(), z.string()).optional(),
});
export type Run = z.infer<typeof runSchema>;

/** What became of a run. */
export interface Played {
  /** What is wrong, in words; nothing when all holds. */
  readonly violations: readonly string[];
  /** How it ended, for the summary. */
  readonly outcome: string;
  /** What went wrong on the way, by place. */
  readonly struck: { readonly [place: string]: string };
}

/** A process that the explorer can play. */
export interface Scenario {
  readonly name: string;
  readonly rates: Rates;
  /** The same seed gives the same steps. */
  draw(seed: number): readonly unknown[];
  /**
   * Plays steps, lets everything come to its end, and checks what must hold.
   * @throws ZodError when the steps are not of this scenario
   */
  play(seed: number, steps: readonly unknown[], chaos: Chaos): Promise<Omit<Played, 'struck'>>;
}
