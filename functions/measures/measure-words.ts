/** Words of the widgets and of the weekly mail. */

import { both, type Text } from '../pages/language.ts';
import { levelText, phaseText, SUBJECTS, waitText } from '../pages/words.ts';
import { measuredKind } from './domain/kinds.ts';

export const WORDS = {
  process: both('Process', '流程'),
  request: both('Request', '申请'),
  place: both('Where it stands', '当前位置'),
  since: both('Since', '自'),
  waited: both('Waited', '已等待'),
  asked: both('Who is asked', '处理人'),
  median: both('Median', '中位数'),
  most: both('90 % within', '90 分位'),
  working: both('Working time, mean', '平均工时'),
  times: both('Times', '次数'),
  person: both('Person', '人员'),
  department: both('Department', '部门'),
  tasks: both('Open tasks', '待办数'),
  phase: both('Phase', '阶段'),
  amount: both('Amount', '金额'),
  nothing: both('Nothing is there.', '暂无数据。'),
  operators: both('Operators', '运维人员'),
  unknown: both('This widget is not known.', '未知的组件。'),
} as const;

/** A kind without words is shown as it is: a later version may have more. */
export function kindText(kind: string): Text {
  return measuredKind(kind)?.name ?? both(kind, kind);
}

/** Of a place such as `approval/order/Manager`, or of a phase where the process stands at none. */
export function placeText(place: string, phase = ''): Text {
  const [kind, subject = '', ...rest] = place.split('/');
  const name = rest.join('/');
  switch (kind) {
    case 'approval': {
      const [question, level] = [subjectText(subject), levelText(name)];
      return both(`${question.en}: ${level.en}`, `${question.zh}：${level.zh}`);
    }
    case 'wait': {
      const what = waitText(subject);
      return both(`Waits for ${what.en}`, `等待${what.zh}`);
    }
    case 'operator': {
      const waiting = phaseText('Waiting for an operator');
      return subject === '' ? waiting : both(`${waiting.en} (${subject})`, `${waiting.zh}（${subject}）`);
    }
    default:
      return place === '' ? phaseText(phase) : both(place, place);
  }
}

const subjects: { readonly [subject: string]: Text } = SUBJECTS;

function subjectText(subject: string): Text {
  return subjects[subject] ?? both(subject, subject);
}

/** Hours as a person says them: minutes, hours or days. */
export function hoursText(hours: number): Text {
  if (hours < 1) {
    const minutes = Math.round(hours * 60);
    return both(`${minutes} min`, `${minutes} 分钟`);
  }
  if (hours < 48) {
    const rounded = Math.round(hours * 10) / 10;
    return both(`${rounded} h`, `${rounded} 小时`);
  }
  const days = Math.round((hours / 24) * 10) / 10;
  return both(`${days} days`, `${days} 天`);
}
