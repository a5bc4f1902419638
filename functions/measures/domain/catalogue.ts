/**
 * Every metric that Meridian puts, with what it means: what counts puts no other, and dashboards and alarms can name no
 * other. Pure data. Hours and percents are numbers that people read; whatever is compared with a limit of the business is
 * counted in the record, not here.
 */

import { SEVERITIES } from '../../compliance/domain/finding.ts';
import { MEASURED_KIND_NAMES, MEASURED_KINDS, OTHER, type Words } from './kinds.ts';

/** Of all of Meridian's metrics. Each has the dimension `service`, whose value is the name of the stack. */
export const NAMESPACE = 'Meridian';

/** What a metric is split by; the values that there are stand in `kinds.ts`. */
export type Dimension = 'Kind' | 'Phase' | 'Node' | 'Outcome' | 'Severity';

export interface Measure {
  readonly unit: 'Count' | 'Seconds' | 'Percent' | 'None';
  /** Each is one split; the empty one is all of Meridian. */
  readonly by: readonly (readonly Dimension[])[];
  /**
   * Who puts it: `record`: from an entry of the record, at the time of the entry; `standing`: how things stand, every five
   * minutes; `function`: a function about its own work.
   */
  readonly from: 'record' | 'standing' | 'function';
  readonly name: Words;
  readonly meaning: Words;
}

const both = (en: string, zh: string): Words => ({ en, zh });

const ALL: readonly Dimension[] = [];
const KIND: readonly Dimension[] = ['Kind'];
const BY_KIND = [ALL, KIND];
const BY_NODE: Measure['by'] = [['Kind', 'Node']];
const BY_PHASE: Measure['by'] = [['Kind', 'Phase']];
const BY_SEVERITY: Measure['by'] = [ALL, ['Severity']];

/** Percentages are put as 100 or 0 for each process or node: their average is the rate. */
export const MEASURES = {
  ProcessesStarted: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Started', '发起数') },
    meaning: both('Processes that were registered.', '已登记的流程数量。'),
  },
  ProcessesEnded: {
    ...{ unit: 'Count', by: [...BY_KIND, ['Kind', 'Outcome']], from: 'record', name: both('Ended', '办结数') },
    meaning: both('Processes that ended, by how they ended.', '已结束的流程数量，按结果区分。'),
  },
  CycleHours: {
    ...{ unit: 'None', by: BY_KIND, from: 'record', name: both('Hours from start to end', '全程历时（小时）') },
    meaning: both('From the registration to the end, on the clock.', '从登记到结束的自然时间。'),
  },
  CycleWorkingHours: {
    ...{ unit: 'None', by: BY_KIND, from: 'record', name: both('Working hours from start to end', '全程工时（小时）') },
    meaning: both('The part of it within working time.', '其中落在工作时间内的部分。'),
  },
  FirstPassYield: {
    ...{ unit: 'Percent', by: BY_KIND, from: 'record', name: both('Without going back', '一次通过率') },
    meaning: both(
      'Ended processes that were never returned, corrected or sent back a level.',
      '已结束且从未被退回、要求更正或退回上级的流程所占比例。',
    ),
  },
  ReworkRounds: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Rounds of rework', '返工次数') },
    meaning: both('Times that an ended process went back.', '已结束的流程被退回的次数。'),
  },
  ExceptionRate: {
    ...{ unit: 'Percent', by: BY_KIND, from: 'record', name: both('With an exception', '异常率') },
    meaning: both(
      'Ended processes in which a step failed, so that an operator had to help.',
      '已结束且曾有步骤失败、需运维人员处理的流程所占比例。',
    ),
  },
  AutomationRate: {
    ...{ unit: 'Percent', by: BY_KIND, from: 'record', name: both('Done without a person', '自动化率') },
    meaning: both(
      'Steps of ended processes that no person did, of all their steps.',
      '已结束流程的全部步骤中，无需人工完成的步骤所占比例。',
    ),
  },
  OverdueRate: {
    ...{ unit: 'Percent', by: BY_KIND, from: 'record', name: both('Overdue', '超期率') },
    meaning: both(
      'Ended processes in which something was waited for beyond its time.',
      '已结束且曾有等待超过时限的流程所占比例。',
    ),
  },
  NodeHours: {
    ...{ unit: 'None', by: BY_NODE, from: 'record', name: both('Hours of a node', '节点历时（小时）') },
    meaning: both('How long it was waited there each time, on the clock.', '每次在该节点等待的自然时间。'),
  },
  NodeWorkingHours: {
    ...{ unit: 'None', by: BY_NODE, from: 'record', name: both('Working hours of a node', '节点工时（小时）') },
    meaning: both('The part of it within working time.', '其中落在工作时间内的部分。'),
  },
  NodeOverdueRate: {
    ...{ unit: 'Percent', by: BY_NODE, from: 'record', name: both('Overdue at a node', '节点超期率') },
    meaning: both('Waits that went beyond their time.', '超过时限的等待所占比例。'),
  },
  PhaseEntered: {
    ...{ unit: 'Count', by: BY_PHASE, from: 'record', name: both('Came to a phase', '进入阶段数') },
    meaning: both('Each process once, when it comes to the phase first.', '每个流程首次进入该阶段时计一次。'),
  },
  PhaseConversion: {
    ...{ unit: 'Percent', by: BY_PHASE, from: 'record', name: both('Went on from a phase', '阶段转化率') },
    meaning: both(
      'Ended processes that came to the phase and went on from it, or ended well in it.',
      '到达过该阶段的已结束流程中，继续前进或在该阶段正常结束的比例。',
    ),
  },
  Decisions: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Decisions', '审批决定数') },
    meaning: both('What people decided, whatever they decided.', '人员作出的决定数量（不论结果）。'),
  },
  RefusedAttempts: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Refused attempts', '被拒绝的操作') },
    meaning: both(
      'Attempts to decide that did not count: wrong person, over the limit, expired, used twice.',
      '未生效的审批尝试：非本人、超出权限、已过期或重复使用。',
    ),
  },
  Escalations: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Escalations', '升级次数') },
    meaning: both('Levels on which somebody above was asked for the silent.', '因无人回应而上报上级的审批层级。'),
  },
  HoldsPlaced: {
    ...{ unit: 'Count', by: BY_KIND, from: 'record', name: both('Holds placed', '冻结次数') },
    meaning: both(
      'Times that a process was stopped before its next step that moves money or changes books.',
      '流程在下一步付款或记账前被冻结的次数。',
    ),
  },
  OpenProcesses: {
    ...{ unit: 'Count', by: [ALL, KIND, ...BY_PHASE], from: 'standing', name: both('Under way', '进行中') },
    meaning: both('Processes that have not ended, by where they are now.', '尚未结束的流程，按当前所处阶段统计。'),
  },
  MoneyInFlight: {
    ...{ unit: 'None', by: [ALL, KIND, ...BY_PHASE], from: 'standing', name: both('Money in flight', '在途金额') },
    meaning: both(
      "Amounts of processes that have not ended, in the company's currency.",
      '尚未结束流程所涉金额，按公司本位币计。',
    ),
  },
  OpenTasks: {
    ...{ unit: 'Count', by: [ALL], from: 'standing', name: both('Open tasks', '待办数') },
    meaning: both('What people are asked now, one for each person.', '当前待处理事项，每人每项计一次。'),
  },
  OpenCases: {
    ...{ unit: 'Count', by: BY_SEVERITY, from: 'standing', name: both('Open cases', '未结合规案件') },
    meaning: both(
      'Cases of compliance that nobody has settled, by severity.',
      '尚未处理完毕的合规案件，按严重程度统计。',
    ),
  },
  HeldCases: {
    ...{ unit: 'Count', by: BY_SEVERITY, from: 'standing', name: both('Cases that hold processes', '冻结流程的案件') },
    meaning: both('Those of them that hold a process until somebody decides.', '其中在作出决定前冻结了流程的案件。'),
  },
  EntriesMeasured: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Entries measured', '已计量条目') },
    meaning: both('Entries of the record that the metrics count.', '已计入指标的审计条目数量。'),
  },
  MeasuresPerhapsLost: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Metrics perhaps lost', '可能缺失的指标') },
    meaning: both(
      'Deliveries that were claimed before and came again: their metrics may be missing, those of the weekly figures are not.',
      '已领取又再次投递的消息：其指标可能缺失，但周度数据不受影响。',
    ),
  },
  BooksBehindSeconds: {
    ...{ unit: 'Seconds', by: [ALL], from: 'function', name: both('Books behind', '审计账册滞后') },
    meaning: both(
      'Since the end of the first day whose signed book is not closed; a book is closed an hour after its day.',
      '自首个尚未封存签名账册的日期结束以来的时间；账册在当日结束一小时后封存。',
    ),
  },
  OldestEffectAgeSeconds: {
    ...{ unit: 'Seconds', by: [ALL], from: 'function', name: both('Oldest effect', '最久未完成的动作') },
    meaning: both('Mails, messages and answers that are not out yet.', '尚未发出的邮件、消息与答复。'),
  },
  EffectsSentAgain: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Effects sent again', '重发的动作') },
    meaning: both('What the sweep found undone.', '清扫发现未完成而重发的数量。'),
  },
  UnknownLinks: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Unknown links', '未知链接') },
    meaning: both('Visits of links that nobody was given.', '访问从未发放过的链接。'),
  },
  GuessesStopped: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Guesses stopped', '被阻止的猜测') },
    meaning: both('Visits that were not looked up, after too many guesses.', '猜测过多而不再查找的访问。'),
  },
  WebhooksRefused: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Webhooks refused', '被拒绝的回调') },
    meaning: both('Requests of an OA that were not taken.', '未被受理的 OA 请求。'),
  },
  WaitsWithoutCalendar: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Waits without a calendar', '缺少日历的等待') },
    meaning: both('Their hours are those of the clock.', '只能按自然时间计时的等待。'),
  },
  CalendarDaysLeft: {
    ...{ unit: 'Count', by: [ALL], from: 'function', name: both('Days of the calendar', '日历剩余天数') },
    meaning: both('Until its last year ends.', '距最后一年日历结束的天数。'),
  },
} as const satisfies { readonly [name: string]: Measure };

export type MeasureName = keyof typeof MEASURES;

/** Values of dimensions, by dimension. */
export type DimensionValues = { readonly [dimension in Dimension]?: string };

/** All combinations of values that a metric can be put with: what it costs at most. */
export function seriesOf(name: MeasureName): readonly DimensionValues[] {
  return (MEASURES[name] as Measure).by.flatMap((split): readonly DimensionValues[] => {
    const [, second] = split;
    if (split.length === 0) {
      return [{}];
    }
    if (split.includes('Severity')) {
      return SEVERITIES.map((severity) => ({ Severity: severity }));
    }
    const kinds = MEASURED_KIND_NAMES.filter((kind) => name !== 'MoneyInFlight' || MEASURED_KINDS[kind].hasMoney);
    return kinds.flatMap((kind): readonly DimensionValues[] =>
      second === undefined
        ? [{ Kind: kind }]
        : valuesOf(kind, second).map((value) => ({ Kind: kind, [second]: value })),
    );
  });
}

function valuesOf(kind: (typeof MEASURED_KIND_NAMES)[number], dimension: Dimension): readonly string[] {
  const { phases, nodes, outcomes } = MEASURED_KINDS[kind];
  const lists: { readonly [name in Dimension]: readonly string[] } = {
    ...{ Kind: [], Phase: phases, Node: nodes, Outcome: outcomes, Severity: [] },
  };
  return [...lists[dimension], OTHER];
}
