/** A process as a flow chart in the terms of BPMN 2.0 (https://www.omg.org/spec/BPMN/2.0.2/). Plain data, without places on paper. */
import type { Words } from '../../measures/domain/kinds.ts';

/**
 * `service`, `user`, `receive`, `step`: tasks; `call`: another machine; `question`: an exclusive gateway; `fork`, `join`:
 * parallel gateways; `each`, `together`: a sub-process for each item, and one of branches; `throw`, `catch`: the two ends of a
 * link, which stands for a line that would cross the paper; `on-error`, `on-time`: events on the border of another node.
 */
export type NodeKind =
  | ('start' | 'end' | 'failed' | 'timer')
  | ('service' | 'user' | 'receive' | 'step' | 'call')
  | ('question' | 'fork' | 'join')
  | ('each' | 'together')
  | ('throw' | 'catch')
  | ('on-error' | 'on-time');

export interface FlowNode {
  /** Unique within the whole diagram, and a name of XML. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Empty texts: it needs no name. */
  readonly name: Words;
  /** What its state is for. */
  readonly comment?: string;
  /** Of an event on a border, the node that it stands on. */
  readonly host?: string;
  /** Of `failed` and `on-error`: errors by their names. */
  readonly errors?: readonly string[];
  /** Of `call`, the machine. */
  readonly called?: string;
  /** Of `throw` and `catch`, the node that the link leads to. */
  readonly link?: string;
  /** Of `each`: one item after the other. */
  readonly isSequential?: boolean;
  /** What is inside `each` and `together`. */
  readonly inner?: Flowchart;
  /** Beginnings of the places of which figures are kept (`functions/insight/domain/course-parts.ts`), such as `wait/payment`. */
  readonly places: readonly string[];
}

export interface Flow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Empty texts: it is the only way. */
  readonly label: Words;
  /** Conditions as the machine has them, any of which leads here. */
  readonly conditions: readonly string[];
  /** Taken when no other is. */
  readonly isDefault: boolean;
}

export interface Flowchart {
  readonly nodes: readonly FlowNode[];
  readonly flows: readonly Flow[];
}

/** Neither needs words. */
export const NO_WORDS: Words = { en: '', zh: '' };
