/** All processes at a glance: what a manager looks at first. */
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { MeasureName } from '../../../functions/measures/domain/catalogue.ts';
import { MEASURED_KINDS, type MeasuredKindName } from '../../../functions/measures/domain/kinds.ts';
import { custom, type Figure, meanings, note, type Widgets } from './widgets.ts';

const SHOWN = [
  ...(['OpenProcesses', 'ProcessesStarted', 'ProcessesEnded', 'CycleHours', 'CycleWorkingHours'] as const),
  ...(['FirstPassYield', 'ExceptionRate', 'AutomationRate', 'OverdueRate', 'MoneyInFlight'] as const),
] satisfies readonly MeasureName[];

/** @param kinds - those that the company has */
export function overview(
  widgets: Widgets,
  kinds: readonly MeasuredKindName[],
  lambda: IFunction,
): readonly (readonly IWidget[])[] {
  const of = (measure: MeasureName, statistic?: string): readonly Figure[] => byKind(kinds, measure, statistic);
  return [
    [
      note(
        [
          {
            zh: '# 总览\n所有流程的现状与近四周走势。每个流程另有自己的看板。',
            en: 'How all processes stand, and the last four weeks. Each process has a dashboard of its own.',
          },
        ],
        4,
      ),
    ],
    [
      widgets.now(
        { zh: '现状', en: 'Now' },
        [{ measure: 'OpenProcesses' }, { measure: 'MoneyInFlight' }, { measure: 'OpenTasks' }],
        12,
      ),
      widgets.numbers(
        { zh: '近四周', en: 'The last four weeks' },
        [{ measure: 'ProcessesStarted' }, { measure: 'ProcessesEnded' }],
        12,
      ),
    ],
    [
      widgets.numbers({ zh: '速度与质量', en: 'Speed and quality' }, [
        { measure: 'CycleHours', statistic: 'p50', label: { zh: '历时中位数（小时）', en: 'Median hours' } },
        { measure: 'CycleHours', statistic: 'p90', label: { zh: '历时 90 分位', en: '90 % within' } },
        { measure: 'FirstPassYield' },
        { measure: 'ExceptionRate' },
        { measure: 'AutomationRate' },
        { measure: 'OverdueRate' },
      ]),
    ],
    [
      widgets.trend({ zh: '发起与办结（每日）', en: 'Started and ended, each day' }, [
        { measure: 'ProcessesStarted' },
        { measure: 'ProcessesEnded' },
      ]),
      widgets.stack({ zh: '进行中（按流程）', en: 'Under way, by process' }, of('OpenProcesses')),
    ],
    [
      widgets.bars({ zh: '历时中位数（小时）', en: 'Median hours from start to end' }, of('CycleHours', 'p50')),
      widgets.stack(
        { zh: '在途金额（按流程）', en: 'Money in flight, by process' },
        byKind(
          kinds.filter((kind) => MEASURED_KINDS[kind].hasMoney),
          'MoneyInFlight',
        ),
      ),
    ],
    [
      widgets.bars({ zh: '一次通过率（%）', en: 'Without going back (%)' }, of('FirstPassYield')),
      widgets.bars({ zh: '超期率（%）', en: 'Overdue (%)' }, of('OverdueRate')),
    ],
    [
      custom(lambda, { zh: '等待最久', en: 'Waiting longest' }, { widget: 'longest-waiting' }),
      custom(lambda, { zh: '最慢的节点', en: 'Slowest nodes' }, { widget: 'slowest-nodes' }),
    ],
    [custom(lambda, { zh: '在途金额', en: 'Money in flight' }, { widget: 'money-in-flight' })],
    [meanings(SHOWN)],
  ];
}

/** One figure of each process, side by side. */
export function byKind(
  kinds: readonly MeasuredKindName[],
  measure: MeasureName,
  statistic?: string,
): readonly Figure[] {
  return kinds.map((kind) => ({
    measure,
    of: { Kind: kind },
    label: MEASURED_KINDS[kind].name,
    ...(statistic === undefined ? {} : { statistic }),
  }));
}
