/** A state machine as a flow chart: every state and every way between states, in the order of the definition. Pure. */
import { passedBy, type Scope, type State } from './asl.ts';
import { conditionWords, joinWords } from './condition-words.ts';
import { type Flow, type Flowchart, type FlowNode, NO_WORDS, type NodeKind } from './flowchart.ts';
import { withLinks } from './linked.ts';
import { newNames } from './names.ts';
import { placesOf } from './places.ts';
import { errorWords, OTHERWISE, stateWords } from './words.ts';

/** Waits that end by what a person of the company does; the others end by another system, or by the calendar. */
const PEOPLE = new Set(['rework', 'payslip']);

/** Where the next thing happens, by name of the state; the empty name is the end of its scope. */
const END = '';

/** Ways are told apart until all are known: those between the same two nodes become one flow. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly condition?: string;
  readonly isDefault?: boolean;
}

interface Drawing {
  readonly nodes: FlowNode[];
  readonly ways: Way[];
  /** A name that no other element has. */
  readonly name: (wanted: string) => string;
}

/** @throws Error when a state leads to one that is not there. */
export function flowchartOf(machine: Scope): Flowchart {
  const name = newNames();
  return withLinks(scopeChart(machine, name), name);
}

function scopeChart(scope: Scope, name: Drawing['name']): Flowchart {
  const drawing: Drawing = { nodes: [], ways: [], name };
  const start = name('Start');
  drawing.nodes.push({ id: start, kind: 'start', name: NO_WORDS, places: [] });
  drawScope(drawing, scope, start, () => {
    const end = name('End');
    drawing.nodes.push({ id: end, kind: 'end', name: NO_WORDS, places: [] });
    return end;
  });
  return { nodes: drawing.nodes, flows: flowsOf(drawing) };
}

/** Branches side by side, each until its end. */
function branchesChart(branches: readonly Scope[], name: Drawing['name']): Flowchart {
  const drawing: Drawing = { nodes: [], ways: [], name };
  const add = (wanted: string, kind: NodeKind) => {
    const id = name(wanted);
    drawing.nodes.push({ id, kind, name: NO_WORDS, places: [] });
    return id;
  };
  const [start, fork] = [add('Start', 'start'), add('Fork', 'fork')];
  const join = name('Join');
  for (const branch of branches) {
    drawScope(drawing, branch, fork, () => join);
  }
  drawing.nodes.push({ id: join, kind: 'join', name: NO_WORDS, places: [] });
  const end = add('End', 'end');
  drawing.ways.push({ from: start, to: fork }, { from: join, to: end });
  return { nodes: drawing.nodes, flows: flowsOf(drawing) };
}

/** @param endOf - gives the node that ends what a state with `End` leads to */
function drawScope(drawing: Drawing, scope: Scope, start: string, endOf: () => string): void {
  const states = Object.entries(scope.States);
  const ids = new Map(states.map(([state]) => [state, drawing.name(state)]));
  const idOf = (state: string) => {
    const id = state === END ? endOf() : ids.get(state);
    if (id === undefined) {
      throw new Error(`the state ${state} is not there`);
    }
    return id;
  };
  drawing.ways.push({ from: start, to: idOf(scope.StartAt) });
  for (const [state, definition] of states) {
    const id = idOf(state);
    drawing.nodes.push(nodeOf(scope, state, definition, id, drawing.name));
    drawing.ways.push(...waysOf(definition).map((way) => ({ ...way, from: id, to: idOf(way.to) })));
    drawCatches(drawing, definition, id, idOf);
  }
}

/** One event on the border for each state that errors lead to. */
function drawCatches(drawing: Drawing, { Catch = [] }: State, host: string, idOf: (state: string) => string): void {
  for (const next of new Set(Catch.map(({ Next }) => Next))) {
    const errors = Catch.filter(({ Next }) => Next === next).flatMap(({ ErrorEquals }) => ErrorEquals);
    const kind = errors.every((error) => error === 'States.Timeout') ? 'on-time' : 'on-error';
    const id = drawing.name(`${host}_${kind === 'on-time' ? 'Timeout' : 'Error'}`);
    drawing.nodes.push({ id, kind, name: joinWords(errors.map(errorWords), ', ', '，'), host, errors, places: [] });
    drawing.ways.push({ from: id, to: idOf(next) });
  }
}

function waysOf({ Type, Next, Choices = [], Default }: State): readonly Omit<Way, 'from'>[] {
  switch (Type) {
    case 'Choice':
      return [
        ...Choices.map(({ Condition, Next: to }) => ({ to, condition: Condition })),
        ...(Default === undefined ? [] : [{ to: Default, isDefault: true }]),
      ];
    case 'Succeed':
    case 'Fail':
      return [];
    default:
      return [{ to: Next ?? END }];
  }
}

function nodeOf(scope: Scope, state: string, definition: State, id: string, name: Drawing['name']): FlowNode {
  const kind = kindOf(definition);
  const { started } = passedBy(definition);
  const { Comment, Error: error, MaxConcurrency, ItemProcessor, Branches } = definition;
  return {
    id,
    kind,
    name: stateWords(state),
    ...(Comment === undefined ? {} : { comment: Comment }),
    ...(kind === 'failed' ? { errors: [error ?? 'States.TaskFailed'] } : {}),
    ...(kind === 'call' && started !== undefined ? { called: started } : {}),
    ...(kind === 'each' ? { isSequential: MaxConcurrency === 1 } : {}),
    ...(ItemProcessor === undefined ? {} : { inner: scopeChart(ItemProcessor, name) }),
    ...(Branches === undefined ? {} : { inner: branchesChart(Branches, name) }),
    places: placesOf(scope, state),
  };
}

function kindOf(state: State): NodeKind {
  switch (state.Type) {
    case 'Task':
      return taskKind(state);
    case 'Pass':
      return 'step';
    case 'Choice':
      return 'question';
    case 'Wait':
      return 'timer';
    case 'Succeed':
      return 'end';
    case 'Fail':
      return 'failed';
    case 'Parallel':
      return 'together';
    case 'Map':
      return 'each';
  }
}

/** Whoever waits for a token waits for people where it asks for nothing else. */
function taskKind(state: State): NodeKind {
  const { Resource = '' } = state;
  const { called, kind = called?.replace(/^await-/, '') ?? '' } = passedBy(state);
  if (Resource.includes(':states:startExecution')) {
    return 'call';
  }
  if (!Resource.endsWith('.waitForTaskToken')) {
    return 'service';
  }
  return PEOPLE.has(kind) || called === 'open-level' ? 'user' : 'receive';
}

function flowsOf({ nodes, ways, name }: Drawing): readonly Flow[] {
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const keys = [...new Set(ways.map(({ from, to }) => `${from} ${to}`))];
  return keys.map((key) => {
    const these = ways.filter(({ from, to }) => `${from} ${to}` === key);
    const [from = '', to = ''] = key.split(' ');
    const conditions = these.flatMap(({ condition }) => condition ?? []);
    // A way that is also the last one needs no condition.
    const isDefault = these.some((way) => way.isDefault === true);
    const words = [...conditions.map(conditionWords), ...(isDefault ? [OTHERWISE] : [])];
    return {
      id: name(`${from}_to_${to}`),
      from,
      to,
      label: kinds.get(from) === 'question' ? joinWords(words, ' / ', ' / ') : NO_WORDS,
      conditions: isDefault ? [] : conditions,
      isDefault,
    };
  });
}
