import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import * as z from 'zod';
import { bpmnXml } from '../../../functions/diagrams/bpmn-xml.ts';
import { bpmnOf, type Diagram, diagramFiles, diagramsOf } from '../../../functions/diagrams/make-diagrams.ts';
import { drawn, EVERYTHING } from './machines.ts';

let diagrams: readonly Diagram[];

beforeAll(async () => {
  diagrams = [...(await diagramsOf('statemachines')), { machine: 'everything', ...(await drawn(EVERYTHING)) }];
});

const reference = z.object({ id: z.string() }).transform(({ id }) => id);
const elementSchema = z.object({
  $type: z.string(),
  id: z.string(),
  name: z.string().optional(),
  sourceRef: reference.optional(),
  targetRef: reference.optional(),
  attachedToRef: reference.optional(),
  incoming: z.array(reference).optional(),
  outgoing: z.array(reference).optional(),
  eventDefinitions: z.array(z.object({ $type: z.string(), name: z.string().optional() })).optional(),
  get flowElements() {
    return z.array(elementSchema).optional();
  },
});
type Element = z.infer<typeof elementSchema>;

const shownSchema = z.array(
  z.object({ plane: z.object({ planeElement: z.array(z.object({ $type: z.string(), bpmnElement: reference })) }) }),
);

async function readBack(xml: string) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(xml);
  const all = (elements: readonly Element[]): readonly Element[] =>
    elements.flatMap((element) => [element, ...all(element.flowElements ?? [])]);
  const roots = z.array(z.looseObject({ $type: z.string() })).parse(rootElement.get('rootElements'));
  const process = roots.find(({ $type }) => $type === 'bpmn:Process');
  const elements = all(elementSchema.parse(process).flowElements ?? []);
  const [shown] = shownSchema.parse(rootElement.get('diagrams'));
  return { rootElement, warnings, elements, shown: shown?.plane.planeElement ?? [] };
}

describe('a file of BPMN', () => {
  it('is read without a warning, and written again as it was', async () => {
    for (const diagram of diagrams) {
      const xml = await bpmnOf(diagram, 'zh');
      const { rootElement, warnings } = await readBack(xml);

      expect(warnings, diagram.machine).toEqual([]);
      expect((await new BpmnModdle().toXML(rootElement, { format: true })).xml, diagram.machine).toBe(xml);
    }
  });

  it('is valid by the schema of the OMG', async () => {
    const schema = (fileName: string) => {
      const file = fileURLToPath(import.meta.resolve(`bpmn-moddle/resources/bpmn/xsd/${fileName}`));
      return { fileName, contents: readFileSync(file, 'utf8') };
    };
    const xml = diagrams.map(async (diagram) => ({
      fileName: `${diagram.machine}.bpmn`,
      contents: await bpmnOf(diagram, 'zh'),
    }));

    const { valid, errors } = await validateXML({
      xml: await Promise.all(xml),
      schema: [schema('BPMN20.xsd')],
      preload: ['BPMNDI.xsd', 'DC.xsd', 'DI.xsd', 'Semantic.xsd'].map(schema),
    });

    expect(errors.map(({ rawMessage }) => rawMessage)).toEqual([]);
    expect(valid).toBe(true);
  });

  it('has each id once, and all that its references name', async () => {
    for (const diagram of diagrams) {
      const xml = await bpmnOf(diagram, 'en');
      const ids = [...xml.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      const named = [...xml.matchAll(/(?:Ref|bpmnElement|default)="([^"]+)"/g)].map(([, id]) => id);

      expect(new Set(ids).size, diagram.machine).toBe(ids.length);
      expect(ids.filter((id) => !/^[A-Za-z_][\w.-]*$/.test(id ?? ''))).toEqual([]);
      expect(ids, diagram.machine).toEqual(expect.arrayContaining(named));
    }
  });

  it('has two ends for every flow, of which both know', async () => {
    for (const diagram of diagrams) {
      const { elements } = await readBack(await bpmnOf(diagram, 'en'));
      const byId = new Map(elements.map((element) => [element.id, element]));
      const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow');

      expect(flows.length).toBeGreaterThan(5);
      for (const { id, sourceRef = '', targetRef = '' } of flows) {
        expect(byId.get(sourceRef)?.outgoing, id).toContain(id);
        expect(byId.get(targetRef)?.incoming, id).toContain(id);
      }
    }
  });

  it('has, for all links of a name, one end that they lead to, in the same process', async () => {
    const ends = (elements: readonly Element[], type: string) =>
      elements
        .filter(({ $type }) => $type === `bpmn:${type}`)
        .flatMap(({ eventDefinitions = [] }) =>
          eventDefinitions.filter(({ $type }) => $type === 'bpmn:LinkEventDefinition'),
        )
        .map(({ name }) => name);
    for (const diagram of diagrams) {
      const { elements } = await readBack(await bpmnOf(diagram, 'zh'));
      const caught = ends(elements, 'IntermediateCatchEvent');

      expect(new Set(caught).size, diagram.machine).toBe(caught.length);
      expect(new Set(ends(elements, 'IntermediateThrowEvent')), diagram.machine).toEqual(new Set(caught));
    }
  });

  it('shows each of its elements once', async () => {
    for (const diagram of diagrams) {
      const { elements, shown } = await readBack(await bpmnOf(diagram, 'en'));

      expect(shown.map(({ bpmnElement }) => bpmnElement).sort()).toEqual(elements.map(({ id }) => id).sort());
    }
  });

  it('keeps the conditions and comments of the machine, and names nodes in the language that is asked for', async () => {
    const purchase = diagrams.find(({ machine }) => machine === 'procure-to-pay');
    const [en, zh] = purchase === undefined ? [] : [await bpmnOf(purchase, 'en'), await bpmnOf(purchase, 'zh')];

    expect(en).toContain("$states.input.outcome = 'approved'");
    expect(en).toContain('One process per OA request, ever.');
    expect(en).toMatch(/<bpmn:receiveTask id="AwaitGoodsReceipt" name="Await goods receipt">/);
    expect(zh).toMatch(/<bpmn:process id="Process_procure-to-pay" name="采购到付款"/);
    expect(zh).toMatch(/<bpmn:receiveTask id="AwaitGoodsReceipt" name="等待收货">/);
    expect(en).toContain('<bpmn:callActivity id="ApproveOrder" name="Approve order" calledElement="Process_approval">');
  });

  it('needs no diagram', async () => {
    const { chart } = await drawn(EVERYTHING);

    expect(await bpmnXml({ machine: 'm', name: '', chart, language: 'en' })).not.toContain('bpmndi:BPMNDiagram');
  });

  it('is the same bytes for the same machines', async () => {
    const [one, other] = [await diagramFiles('statemachines'), await diagramFiles('statemachines')];

    expect(Object.keys(one)).toHaveLength(3 * (diagrams.length - 1));
    expect(other).toEqual(one);
  });
});
