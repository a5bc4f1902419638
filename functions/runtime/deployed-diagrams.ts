/** Diagrams of the machines: files that lie beside the bundle, made when the stack was synthesized. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagrams } from '../diagrams/port.ts';
import { ConfigError } from './errors.ts';

/** Throws ConfigError where the bundle was deployed without one. */
export const deployedDiagrams: Diagrams = {
  drawing: (machine) => JSON.parse(read(`${machine}.json`)),
  bpmn: (machine, language) => read(`${machine}.${language === 'en' ? 'en' : 'zh'}.bpmn`),
};

function read(name: string): string {
  try {
    return readFileSync(join(import.meta.dirname, 'diagrams', name), 'utf8');
  } catch (cause) {
    throw new ConfigError(`diagrams/${name} is missing beside the function: deploy the stack again`, { cause });
  }
}
