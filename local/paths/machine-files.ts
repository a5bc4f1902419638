/** The project's state machines, as files: every check of processes goes over all of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineDefinition } from '../step-functions/definition.ts';
import { parseDefinition } from '../step-functions/validate.ts';

const FOLDER = join(import.meta.dirname, '../../statemachines');
const ENDING = '.asl.json';

export interface MachineFile {
  /** The file's name without its ending, which is the machine's name too. */
  readonly name: string;
  readonly text: string;
  readonly definition: MachineDefinition;
}

/** All of them, by name. */
export function machineFiles(): readonly MachineFile[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .sort()
    .map((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      return { name: file.slice(0, -ENDING.length), text, definition: parseDefinition(JSON.parse(text)) };
    });
}
