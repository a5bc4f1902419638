/** The pages of diagrams over a company in which a purchase was paid, in memory. */
import { createDiagramPages } from '../../../functions/diagrams/diagram-pages.tsx';
import { diagramFiles } from '../../../functions/diagrams/make-diagrams.ts';
import type { Diagrams } from '../../../functions/diagrams/port.ts';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import { COMPANY } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { visitorsOf } from '../../support/visitors.ts';
import { measuring, paidPurchase, renamed, storeWith } from '../measures/measured-records.ts';

let files: Readonly<Record<string, string>> | undefined;

/** As they lie beside the function. */
async function diagramsInMemory(): Promise<Diagrams> {
  files ??= await diagramFiles('statemachines');
  const read = (name: string) => files?.[`diagrams/${name}`] ?? '';
  return {
    drawing: (machine) => JSON.parse(read(`${machine}.json`)),
    bpmn: (machine, language) => read(`${machine}.${language === 'en' ? 'en' : 'zh'}.bpmn`),
  };
}

export async function openDiagrams() {
  const world = new PurchaseWorld();
  const paid = renamed(await paidPurchase(), 'p2p-paid');
  await storeWith(paid, world.store);
  const { deps: measures } = measuring(world.store, { directory: world.directory });
  await measureRecord(measures, { entries: paid }, 'm-1');
  const logged: string[] = [];
  const deps = {
    ...world.urgeDeps(),
    timeZone: COMPANY.timeZone,
    diagrams: await diagramsInMemory(),
    log: (message: string) => logged.push(message),
  };
  return { logged, deps, ...visitorsOf(deps, createDiagramPages(deps)) };
}
