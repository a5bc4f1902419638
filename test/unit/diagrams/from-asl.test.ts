import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Scope, scopeSchema } from '../../../functions/diagrams/domain/asl.ts';
import { conditionWords } from '../../../functions/diagrams/domain/condition-words.ts';
import type { Flowchart, FlowNode } from '../../../functions/diagrams/domain/flowchart.ts';
import { flowchartOf } from '../../../functions/diagrams/domain/from-asl.ts';
import { MACHINES, machineName } from '../../../functions/diagrams/machines.ts';
import { EVERYTHING } from './machines.ts';

const FOLDER = 'statemachines';
const read = (machine: string) => scopeSchema.parse(JSON.parse(readFileSync(`${FOLDER}/${machine}.asl.json`, 'utf8')));

/** Ways of a machine from state to state, an error's among them; without those to the end of a scope. */
function waysOf({ StartAt, States }: Scope): readonly string[] {
  return [
    ...Object.entries(States).flatMap(
      ([state, { Next, Default, Choices = [], Catch = [], ItemProcessor, Branches = [] }]) => [
        ...[Next, Default, ...[...Choices, ...Catch].map((one) => one.Next)].flatMap((to) =>
          to === undefined ? [] : [`${state} -> ${to}`],
        ),
        ...[...Branches, ...(ItemProcessor === undefined ? [] : [ItemProcessor])].flatMap(waysOf),
      ],
    ),
    `start -> ${StartAt}`,
  ];
}

/** The same of a chart: through its links, and from the host of each event on a border. */
function waysIn({ nodes, flows }: Flowchart): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stateOf = ({ id, kind, host }: FlowNode) => host ?? (kind === 'start' || kind === 'fork' ? 'start' : id);
  const own = flows.flatMap(({ from, to }) => {
    const [source, target] = [byId.get(from), byId.get(to)];
    return source === undefined || target === undefined || source.kind === 'catch'
      ? []
      : [`${stateOf(source)} -> ${target.link ?? to}`];
  });
  return [...own, ...nodes.flatMap(({ inner }) => (inner === undefined ? [] : waysIn(inner)))];
}

const plain = (way: string) => way.replaceAll('?', '');
const isOurs = (way: string) => !/-> (End|Join|Fork)(_\d+)?$|^Join/.test(way);

describe('a flow chart', () => {
  it.each([...MACHINES.map((machine) => [machine, read(machine)] as const), ['everything', EVERYTHING] as const])(
    'of %s has every way of the machine, and no other',
    (_name, machine) => {
      const ways = new Set(waysOf(machine).map(plain));

      expect(new Set(waysIn(flowchartOf(machine)).filter(isOurs))).toEqual(ways);
    },
  );

  it('is there for every machine of the project', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.json'));

    expect([...MACHINES].sort()).toEqual(files.map((file) => file.replace('.asl.json', '')).sort());
    expect(MACHINES.map((machine) => machineName(machine).zh)).toEqual(
      MACHINES.map(() => expect.stringMatching(/^[\u4e00-\u9fff]+$/)),
    );
  });

  it('says in BPMN what each state is', () => {
    const all = (chart: Flowchart): readonly FlowNode[] =>
      chart.nodes.flatMap((node) => [node, ...(node.inner === undefined ? [] : all(node.inner))]);
    const nodes = new Map(all(flowchartOf(EVERYTHING)).map((node) => [node.id, node]));
    const kinds = Object.fromEntries([...nodes].map(([id, { kind }]) => [id, kind]));

    expect(kinds).toMatchObject({
      ...{ Start: 'start', Wait: 'timer', Prepare: 'step', Both: 'together', EachItem: 'each', AskTwice: 'user' },
      ...{ Said: 'question', Heard: 'end', Call: 'call', Broken: 'failed', Done: 'end', Failed: 'failed' },
      ...{ Fork: 'fork', Join: 'join', AskTwice_Timeout: 'on-time', Both_Error: 'on-error' },
    });
    expect(nodes.get('Call')?.called).toBe('payslip');
    expect(nodes.get('EachItem')?.isSequential).toBe(true);
    expect(nodes.get('Both_Error')).toMatchObject({ host: 'Both', errors: ['BrokenError'] });
    expect(nodes.get('Failed')?.errors).toEqual(['BrokenError']);
  });

  it('tells a wait for people from one for other systems, and from a step', () => {
    const kinds = new Map(flowchartOf(read('procure-to-pay')).nodes.map(({ id, kind }) => [id, kind]));

    expect(['AwaitRework', 'AwaitGoodsReceipt', 'CreateOrder', 'ApproveOrder'].map((id) => kinds.get(id))).toEqual([
      ...['user', 'receive', 'service', 'call'],
    ]);
  });

  it('knows which figures are those of a node', () => {
    const places = (machine: string, id: string) =>
      flowchartOf(read(machine)).nodes.find((node) => node.id === id)?.places;

    expect(places('procure-to-pay', 'ApproveOrder')).toEqual(['approval/order/']);
    expect(places('procure-to-pay', 'ResolveMismatch')).toEqual(['approval/invoice-mismatch/']);
    expect(places('procure-to-pay', 'ResolveFailure')).toEqual(['operator/']);
    expect(places('procure-to-pay', 'AwaitRelease')).toEqual(['wait/hold']);
    expect(places('payroll-run', 'AwaitPayroll')).toEqual(['wait/payroll']);
    expect(places('payroll-run', 'AwaitRelease')).toEqual(['wait/hold']);
    expect(places('payslip', 'AwaitPayslip')).toEqual(['wait/payslip']);
    expect(places('approval', 'OpenLevel')).toEqual(['approval/', 'operator/']);
    expect(places('procure-to-pay', 'CreateOrder')).toEqual([]);
  });

  it('has words in both languages for all that the machines of the project name', () => {
    const texts = (chart: Flowchart): readonly string[] =>
      [...chart.nodes.map(({ name }) => name), ...chart.flows.map(({ label }) => label)]
        .filter(({ en }) => en !== '')
        .map(({ zh }) => zh)
        .concat(chart.nodes.flatMap(({ inner }) => (inner === undefined ? [] : texts(inner))));
    const latin = MACHINES.flatMap((machine) => texts(flowchartOf(read(machine)))).filter((zh) => /[a-z]/i.test(zh));

    expect(latin).toEqual([]);
  });

  it.each([
    [
      "{% $states.input.outcome = 'skip' and $failedStep in ['RequestPayment', 'AwaitPayment'] %}",
      'skip, request payment, await payment',
    ],
    [
      "{% $failedStep = 'AwaitPayroll' and $failure.Error != 'PayrollRejected' %}",
      'await payroll, not refused by payroll',
    ],
    ['{% $exists($states.input.released) %}', 'released'],
    ['{% $isEarlyReturn %}', 'is early return'],
  ])('tells %s as "%s"', (condition, told) => {
    expect(conditionWords(condition).en).toBe(told);
  });

  it('is not made of a machine that leads nowhere', () => {
    const machine = scopeSchema.parse({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } });

    expect(() => flowchartOf(machine)).toThrow('the state B is not there');
  });
});
