/** One process: its phases and nodes side by side. */
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { MeasureName } from '../../../functions/measures/domain/catalogue.ts';
import { MEASURED_KINDS, type MeasuredKind, type MeasuredKindName } from '../../../functions/measures/domain/kinds.ts';
import { outcomeText, phaseText } from '../../../functions/pages/words.ts';
import { custom, type Figure, meanings, note, type Widgets } from './widgets.ts';

const SHOWN = [
  ...([
    'CycleHours',
    'CycleWorkingHours',
    'FirstPassYield',
    'ReworkRounds',
    'ExceptionRate',
    'AutomationRate',
  ] as const),
  ...(['OverdueRate', 'NodeHours', 'NodeWorkingHours', 'NodeOverdueRate', 'PhaseEntered', 'PhaseConversion'] as const),
  'OpenProcesses',
] satisfies readonly MeasureName[];

export function oneProcess(
  widgets: Widgets,
  kind: MeasuredKindName,
  lambda: IFunction,
): readonly (readonly IWidget[])[] {
  const known: MeasuredKind = MEASURED_KINDS[kind];
  const { name } = known;
  const own = (measure: MeasureName, more: Partial<Figure> = {}): Figure => ({ measure, of: { Kind: kind }, ...more });
  const nodes = (measure: MeasureName, statistic?: string): readonly Figure[] =>
    known.nodes.map((node) => ({
      measure,
      of: { Kind: kind, Node: node },
      label: phaseText(node),
      ...(statistic === undefined ? {} : { statistic }),
    }));
  const phases = (measure: MeasureName): readonly Figure[] =>
    known.phases.map((phase) => ({ measure, of: { Kind: kind, Phase: phase }, label: phaseText(phase) }));
  return [
    [
      note(
        [{ zh: `# ${name.zh}\n近四周，各节点并列。`, en: `${name.en}: the last four weeks, its nodes side by side.` }],
        4,
      ),
    ],
    [
      widgets.now(
        { zh: '现状', en: 'Now' },
        [own('OpenProcesses'), ...(known.hasMoney ? [own('MoneyInFlight')] : [])],
        8,
      ),
      widgets.numbers(
        { zh: '近四周', en: 'The last four weeks' },
        [
          own('ProcessesStarted'),
          own('ProcessesEnded'),
          own('CycleHours', { statistic: 'p50', label: { zh: '历时中位数（小时）', en: 'Median hours' } }),
          own('CycleHours', { statistic: 'p90', label: { zh: '历时 90 分位', en: '90 % within' } }),
          own('CycleWorkingHours', { statistic: 'p50', label: { zh: '工时中位数', en: 'Median working hours' } }),
        ],
        16,
      ),
    ],
    [
      widgets.numbers({ zh: '质量', en: 'Quality' }, [
        ...[
          own('FirstPassYield'),
          own('ReworkRounds'),
          own('ExceptionRate'),
          own('AutomationRate'),
          own('OverdueRate'),
        ],
      ]),
    ],
    [
      widgets.bars({ zh: '节点历时中位数（小时）', en: 'Median hours of each node' }, nodes('NodeHours', 'p50')),
      widgets.bars(
        { zh: '节点历时 90 分位（小时）', en: '90 % of each node within (hours)' },
        nodes('NodeHours', 'p90'),
      ),
    ],
    [
      widgets.bars(
        { zh: '节点工时中位数（小时）', en: 'Median working hours of each node' },
        nodes('NodeWorkingHours', 'p50'),
      ),
      widgets.bars({ zh: '节点超期率（%）', en: 'Overdue at each node (%)' }, nodes('NodeOverdueRate')),
    ],
    [
      widgets.bars({ zh: '进入各阶段的流程数', en: 'Came to each phase' }, phases('PhaseEntered')),
      widgets.bars({ zh: '阶段转化率（%）', en: 'Went on from each phase (%)' }, phases('PhaseConversion')),
    ],
    [
      widgets.stack({ zh: '进行中（按阶段）', en: 'Under way, by phase' }, phases('OpenProcesses')),
      known.hasMoney
        ? widgets.stack({ zh: '在途金额（按阶段）', en: 'Money in flight, by phase' }, phases('MoneyInFlight'))
        : widgets.trend({ zh: '发起与办结（每日）', en: 'Started and ended, each day' }, [
            own('ProcessesStarted'),
            own('ProcessesEnded'),
          ]),
    ],
    [
      widgets.bars(
        { zh: '结果', en: 'How they ended' },
        known.outcomes.map((outcome) => ({
          measure: 'ProcessesEnded',
          of: { Kind: kind, Outcome: outcome },
          label: outcomeText(outcome),
        })),
      ),
      custom(lambda, { zh: '等待最久', en: 'Waiting longest' }, { widget: 'longest-waiting', kind }),
    ],
    [custom(lambda, { zh: '最慢的节点', en: 'Slowest nodes' }, { widget: 'slowest-nodes', kind })],
    [meanings(SHOWN)],
  ];
}
