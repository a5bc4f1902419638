/** Compiles one DMN file to a plain table. Used at build time only. */
import { compileDecision, type TableCompilation, type TableContract } from './compile-decision.ts';
import { type DmnDecision, readDmn } from './read-dmn.ts';

/** As {@link compileDecision}; `file` is for addresses. */
export async function compileTable(file: string, xml: string, contract?: TableContract): Promise<TableCompilation> {
  let decision: DmnDecision;
  try {
    decision = await readDmn(xml);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { issues: [{ field: file, problem, remedy: 'save one decision table as DMN 1.3 to 1.6' }] };
  }
  return compileDecision(`${file}, table "${decision.name}"`, decision, contract);
}
