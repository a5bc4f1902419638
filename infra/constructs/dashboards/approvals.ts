/** What people are asked: how many, how long, and who has most of it. */
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { MEASURED_KINDS, type MeasuredKind, type MeasuredKindName } from '../../../functions/measures/domain/kinds.ts';
import { phaseText } from '../../../functions/pages/words.ts';
import { byKind } from './overview.ts';
import { custom, type Figure, meanings, note, type Widgets } from './widgets.ts';

/** @param kinds - those that the company has */
export function approvals(
  widgets: Widgets,
  kinds: readonly MeasuredKindName[],
  lambda: IFunction,
): readonly (readonly IWidget[])[] {
  const asked = kinds.filter((kind) => questionsOf(MEASURED_KINDS[kind]).length > 0);
  return [
    [note([{ zh: '# 审批\n谁在被询问、多快得到答复。', en: 'Who is asked, and how soon they answer.' }], 4)],
    [
      widgets.now({ zh: '现状', en: 'Now' }, [{ measure: 'OpenTasks' }], 6),
      widgets.numbers(
        { zh: '近四周', en: 'The last four weeks' },
        [{ measure: 'Decisions' }, { measure: 'Escalations' }, { measure: 'RefusedAttempts' }],
        18,
      ),
    ],
    [
      widgets.trend({ zh: '决定（每日）', en: 'Decisions, each day' }, byKind(asked, 'Decisions')),
      widgets.trend({ zh: '待办数', en: 'Open tasks' }, [{ measure: 'OpenTasks' }]),
    ],
    [
      widgets.bars(
        { zh: '审批历时中位数（小时）', en: 'Median hours of an answer' },
        questions(asked, 'NodeHours', 'p50'),
      ),
      widgets.bars(
        { zh: '审批历时 90 分位（小时）', en: '90 % answered within (hours)' },
        questions(asked, 'NodeHours', 'p90'),
      ),
    ],
    [
      widgets.bars(
        { zh: '审批工时中位数（小时）', en: 'Median working hours of an answer' },
        questions(asked, 'NodeWorkingHours', 'p50'),
      ),
      widgets.bars({ zh: '审批超期率（%）', en: 'Overdue answers (%)' }, questions(asked, 'NodeOverdueRate')),
    ],
    [
      custom(lambda, { zh: '待办最多的人', en: 'Who is asked most' }, { widget: 'approver-load' }),
      custom(lambda, { zh: '各部门待办', en: 'Open tasks of departments' }, { widget: 'department-load' }),
    ],
    [meanings(['OpenTasks', 'Decisions', 'Escalations', 'RefusedAttempts', 'NodeHours', 'NodeWorkingHours'])],
  ];
}

/** Each question that people are asked, in each process that asks it. */
function questions(
  kinds: readonly MeasuredKindName[],
  measure: 'NodeHours' | 'NodeWorkingHours' | 'NodeOverdueRate',
  statistic?: string,
): readonly Figure[] {
  return kinds.flatMap((kind) =>
    questionsOf(MEASURED_KINDS[kind]).map((node) => ({
      measure,
      of: { Kind: kind, Node: node },
      label: phaseText(node),
      ...(statistic === undefined ? {} : { statistic }),
    })),
  );
}

const QUESTION = /(approval|review|match)$/;

function questionsOf({ nodes }: MeasuredKind): readonly string[] {
  return nodes.filter((node) => QUESTION.test(node));
}
