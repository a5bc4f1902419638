/** A flow chart as a file of BPMN 2.0, with or without its places on paper. */
import { type BpmnElement, BpmnModdle } from 'bpmn-moddle';
import type { Flow, Flowchart, FlowNode, NodeKind } from './domain/flowchart.ts';
import { halves, type Label, type LaidFlow, type LaidNode, type LaidOut } from './domain/laid-out.ts';

/** Language of the conditions (https://docs.jsonata.org). */
const JSONATA = 'https://jsonata.org';
const NAMESPACE = 'urn:meridian:process';

export interface BpmnProcess {
  /** Of the machine: `procure-to-pay`. */
  readonly machine: string;
  readonly name: string;
  readonly chart: Flowchart;
  /** What the names are in. */
  readonly language: 'en' | 'zh';
  /** Undefined: a model without a diagram. */
  readonly laidOut?: LaidOut;
}

const TYPES: { readonly [kind in NodeKind]: string } = {
  start: 'StartEvent',
  end: 'EndEvent',
  failed: 'EndEvent',
  timer: 'IntermediateCatchEvent',
  service: 'ServiceTask',
  user: 'UserTask',
  receive: 'ReceiveTask',
  step: 'Task',
  call: 'CallActivity',
  question: 'ExclusiveGateway',
  fork: 'ParallelGateway',
  join: 'ParallelGateway',
  each: 'SubProcess',
  together: 'SubProcess',
  throw: 'IntermediateThrowEvent',
  catch: 'IntermediateCatchEvent',
  'on-error': 'BoundaryEvent',
  'on-time': 'BoundaryEvent',
};

/** The same bytes for the same process. */
export async function bpmnXml(process: BpmnProcess): Promise<string> {
  const writer = new Writer(process.language);
  const definitions = writer.definitions(process);
  return (await new BpmnModdle().toXML(definitions, { format: true })).xml;
}

class Writer {
  readonly #moddle = new BpmnModdle();
  readonly #language: BpmnProcess['language'];
  /** Root elements that nodes refer to, by name of the error. */
  readonly #errors = new Map<string, BpmnElement>();
  readonly #elements = new Map<string, BpmnElement>();

  constructor(language: BpmnProcess['language']) {
    this.#language = language;
  }

  definitions({ machine, name, chart, laidOut }: BpmnProcess): BpmnElement {
    const process = this.#bpmn('Process', {
      id: `Process_${machine}`,
      name,
      isExecutable: false,
      flowElements: this.#chart(chart),
    });
    const diagrams = laidOut === undefined ? [] : [this.#diagram(machine, process, laidOut)];
    return this.#bpmn('Definitions', {
      ...{
        id: `Definitions_${machine}`,
        targetNamespace: NAMESPACE,
        expressionLanguage: JSONATA,
        exporter: 'Meridian',
      },
      rootElements: [...this.#errors.values(), process],
      diagrams,
    });
  }

  #chart({ nodes, flows }: Flowchart): readonly BpmnElement[] {
    const elements = nodes.map((node) => this.#node(node));
    const lines = flows.map((flow) => this.#flow(flow));
    for (const [index, node] of nodes.entries()) {
      const element = elements[index];
      const of = (end: 'from' | 'to') => lines.filter((_, line) => flows[line]?.[end] === node.id);
      element?.set('incoming', of('to'));
      element?.set('outgoing', of('from'));
      const isDefault = flows.find(({ from, isDefault: is }) => is && from === node.id);
      if (isDefault !== undefined) {
        element?.set('default', this.#elements.get(isDefault.id));
      }
      if (node.host !== undefined) {
        element?.set('attachedToRef', this.#elements.get(node.host));
      }
    }
    return [...elements, ...lines];
  }

  #node(node: FlowNode): BpmnElement {
    const { id, kind, name, comment, inner } = node;
    const text = name[this.#language];
    return this.#known(id, TYPES[kind], {
      ...(text === '' ? {} : { name: text }),
      ...(comment === undefined ? {} : { documentation: [this.#bpmn('Documentation', { text: comment })] }),
      ...this.#particulars(node),
      ...(inner === undefined ? {} : { flowElements: this.#chart(inner) }),
    });
  }

  #particulars({ id, kind, name, errors = [], called, isSequential }: FlowNode): { readonly [name: string]: unknown } {
    const events = (type: string, properties: { readonly [name: string]: unknown } = {}) => ({
      eventDefinitions: [this.#bpmn(type, { id: `${id}_event`, ...properties })],
    });
    switch (kind) {
      case 'throw':
      case 'catch':
        return events('LinkEventDefinition', { name: name[this.#language] });
      case 'timer':
      case 'on-time':
        return events('TimerEventDefinition');
      case 'failed':
      case 'on-error': {
        const [only, ...others] = errors;
        // An event without an error stands for every one.
        const isAny = only === undefined || others.length > 0 || only === 'States.ALL';
        return events('ErrorEventDefinition', isAny ? {} : { errorRef: this.#error(only) });
      }
      case 'call':
        return called === undefined ? {} : { calledElement: `Process_${called}` };
      case 'each':
        return {
          loopCharacteristics: this.#bpmn('MultiInstanceLoopCharacteristics', { isSequential: isSequential === true }),
        };
      default:
        return {};
    }
  }

  #error(errorCode: string): BpmnElement {
    const id = `Error_${errorCode.replaceAll(/\W/g, '_')}`;
    const error = this.#errors.get(errorCode) ?? this.#bpmn('Error', { id, name: errorCode, errorCode });
    this.#errors.set(errorCode, error);
    return error;
  }

  #flow({ id, from, to, label, conditions }: Flow): BpmnElement {
    const text = label[this.#language];
    const body = conditions.map((condition) => condition.replaceAll(/^\{%\s*|\s*%\}$/g, '')).join(' or ');
    return this.#known(id, 'SequenceFlow', {
      ...(text === '' ? {} : { name: text }),
      sourceRef: this.#elements.get(from),
      targetRef: this.#elements.get(to),
      ...(body === '' ? {} : { conditionExpression: this.#bpmn('FormalExpression', { body }) }),
    });
  }

  #diagram(machine: string, process: BpmnElement, { nodes, flows }: LaidOut): BpmnElement {
    const planeElement = [...nodes.map((node) => this.#shape(node)), ...flows.map((flow) => this.#edge(flow))];
    return this.#moddle.create('bpmndi:BPMNDiagram', {
      id: `Diagram_${machine}`,
      plane: this.#moddle.create('bpmndi:BPMNPlane', { id: `Plane_${machine}`, bpmnElement: process, planeElement }),
    });
  }

  #shape({ id, kind, box, label }: LaidNode): BpmnElement {
    return this.#moddle.create('bpmndi:BPMNShape', {
      id: `${id}_shape`,
      bpmnElement: this.#elements.get(id),
      ...(kind === 'question' ? { isMarkerVisible: true } : {}),
      ...(kind === 'each' || kind === 'together' ? { isExpanded: true } : {}),
      bounds: this.#moddle.create('dc:Bounds', rounded({ ...box })),
      ...this.#label(label),
    });
  }

  #edge({ id, points, label }: LaidFlow): BpmnElement {
    return this.#moddle.create('bpmndi:BPMNEdge', {
      id: `${id}_edge`,
      bpmnElement: this.#elements.get(id),
      waypoint: points.map(({ x, y }) => this.#moddle.create('dc:Point', rounded({ x, y }))),
      ...this.#label(label),
    });
  }

  #label(label: Label | undefined) {
    const bounds = label === undefined ? undefined : this.#moddle.create('dc:Bounds', rounded({ ...label.box }));
    return bounds === undefined ? {} : { label: this.#moddle.create('bpmndi:BPMNLabel', { bounds }) };
  }

  #known(id: string, type: string, properties: { readonly [name: string]: unknown }): BpmnElement {
    const element = this.#bpmn(type, { id, ...properties });
    this.#elements.set(id, element);
    return element;
  }

  #bpmn(type: string, properties: { readonly [name: string]: unknown }): BpmnElement {
    return this.#moddle.create(`bpmn:${type}`, properties);
  }
}

/** Whole and half points: what a reader of the file sees. */
function rounded<T extends { readonly [name: string]: number }>(numbers: T): T {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, halves(value)])) as T;
}
