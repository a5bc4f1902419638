/** Diagrams as they were made when the stack was synthesized. */
import type { Language } from '../pages/language.ts';
import type { LaidOut } from './domain/laid-out.ts';

export interface Diagrams {
  /** @param machine - one of `MACHINES` */
  drawing(machine: string): LaidOut;
  /** The file of BPMN 2.0, with names in one language. */
  bpmn(machine: string, language: Language): string;
}
