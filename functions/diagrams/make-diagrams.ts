/** Diagrams of all state machines, made once when the stack is synthesized: no function carries what lays them out. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bpmnXml } from './bpmn-xml.ts';
import { arrange } from './domain/arrange.ts';
import { scopeSchema } from './domain/asl.ts';
import type { Flowchart } from './domain/flowchart.ts';
import { flowchartOf } from './domain/from-asl.ts';
import { halves, type LaidOut } from './domain/laid-out.ts';
import { machineName } from './machines.ts';
import { placedCells } from './placed-cells.ts';

export interface Diagram {
  /** `procure-to-pay` */
  readonly machine: string;
  readonly chart: Flowchart;
  readonly laidOut: LaidOut;
}

const SUFFIX = '.asl.json';

/**
 * @param folder - of the definitions (`statemachines/`)
 * @returns in the order of their names; the same for the same definitions
 */
export async function diagramsOf(folder: string): Promise<readonly Diagram[]> {
  const files = globSync(`*${SUFFIX}`, { cwd: folder }).sort();
  return Promise.all(
    files.map(async (file) => {
      const chart = flowchartOf(scopeSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))));
      const laidOut = arrange(chart, await placedCells(chart));
      return { machine: basename(file, SUFFIX), chart, laidOut };
    }),
  );
}

/** The file that a modeler opens. */
export function bpmnOf({ machine, chart, laidOut }: Diagram, language: 'en' | 'zh'): Promise<string> {
  return bpmnXml({ machine, name: machineName(machine)[language], chart, language, laidOut });
}

/** Files to lie beside a function that shows them (`functions/runtime/deployed-diagrams.ts`), by name. */
export async function diagramFiles(folder: string): Promise<Readonly<Record<string, string>>> {
  const files = (await diagramsOf(folder)).map(async (diagram) => [
    [`diagrams/${diagram.machine}.json`, JSON.stringify(diagram.laidOut, inHalves)] as const,
    [`diagrams/${diagram.machine}.en.bpmn`, await bpmnOf(diagram, 'en')] as const,
    [`diagrams/${diagram.machine}.zh.bpmn`, await bpmnOf(diagram, 'zh')] as const,
  ]);
  return Object.fromEntries((await Promise.all(files)).flat());
}

function inHalves(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? halves(value) : value;
}
