/** How an entry of a record is said, and how loud. */
import type { FactReader } from './fact-reader.ts';

/** `bad`: something failed or was refused; `quiet`: the plumbing, which few want to read. */
export type Tone = 'plain' | 'bad' | 'quiet';

export interface EntryWords {
  readonly tone: Tone;
  readonly sentence: (facts: FactReader) => string;
}

export const plain = (sentence: EntryWords['sentence']): EntryWords => ({ tone: 'plain', sentence });
export const bad = (sentence: EntryWords['sentence']): EntryWords => ({ tone: 'bad', sentence });
export const quiet = (sentence: EntryWords['sentence']): EntryWords => ({ tone: 'quiet', sentence });
