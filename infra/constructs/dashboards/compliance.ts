/** What a compliance officer looks at: what was refused, what is late, what was stopped. */
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { seriesOf } from '../../../functions/measures/domain/catalogue.ts';
import type { MeasuredKindName, Words } from '../../../functions/measures/domain/kinds.ts';
import { byKind } from './overview.ts';
import { custom, type Figure, meanings, note, type Widgets } from './widgets.ts';

/** @param kinds - those that the company has */
export function compliance(
  widgets: Widgets,
  kinds: readonly MeasuredKindName[],
  lambda: IFunction,
): readonly (readonly IWidget[])[] {
  return [
    [
      note(
        [
          {
            zh: '# 合规\n被拒绝的操作、超期、异常与冻结。证据在各流程的审计记录中。',
            en: 'What was refused, late, failed or held. The evidence is in the record of each process.',
          },
        ],
        4,
      ),
    ],
    [
      widgets.numbers({ zh: '近四周', en: 'The last four weeks' }, [
        { measure: 'RefusedAttempts' },
        { measure: 'HoldsPlaced' },
        { measure: 'Escalations' },
        { measure: 'OverdueRate' },
        { measure: 'ExceptionRate' },
      ]),
    ],
    [
      widgets.now({ zh: '未结合规案件', en: 'Open cases' }, bySeverity('OpenCases'), 12),
      widgets.now({ zh: '冻结流程的案件', en: 'Cases that hold processes' }, bySeverity('HeldCases'), 12),
    ],
    [
      widgets.trend({ zh: '被拒绝的操作（每日）', en: 'Refused attempts, each day' }, byKind(kinds, 'RefusedAttempts')),
      widgets.trend({ zh: '冻结（每日）', en: 'Holds placed, each day' }, byKind(kinds, 'HoldsPlaced')),
    ],
    [
      widgets.bars({ zh: '超期率（%）', en: 'Overdue (%)' }, byKind(kinds, 'OverdueRate')),
      widgets.bars({ zh: '异常率（%）', en: 'With an exception (%)' }, byKind(kinds, 'ExceptionRate')),
    ],
    [
      widgets.trend({ zh: '链接被猜测', en: 'Guesses at links' }, [
        { measure: 'UnknownLinks' },
        { measure: 'GuessesStopped' },
      ]),
      custom(lambda, { zh: '等待最久', en: 'Waiting longest' }, { widget: 'longest-waiting' }),
    ],
    [
      meanings([
        ...(['OpenCases', 'HeldCases', 'RefusedAttempts', 'HoldsPlaced', 'Escalations'] as const),
        ...(['OverdueRate', 'ExceptionRate', 'UnknownLinks'] as const),
      ]),
    ],
  ];
}

/** All of them, and those of each severity. */
function bySeverity(measure: 'OpenCases' | 'HeldCases'): readonly Figure[] {
  return seriesOf(measure).map(({ Severity: severity }) =>
    severity === undefined
      ? { measure, label: { zh: '全部', en: 'All' } }
      : { measure, of: { Severity: severity }, label: SEVERITY_NAMES[severity] ?? { zh: severity, en: severity } },
  );
}

const SEVERITY_NAMES: { readonly [severity: string]: Words } = {
  low: { zh: '低', en: 'Low' },
  medium: { zh: '中', en: 'Medium' },
  high: { zh: '高', en: 'High' },
};
