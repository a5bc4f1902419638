/** Words of the pages of diagrams. */
import { both, type Text } from '../pages/language.ts';

export const LABELS = {
  title: both('Processes', '流程'),
  intro: both(
    'Each process as it runs, and how long it is waited where.',
    '各流程的实际运行路径，以及各环节的等待时间。',
  ),
  slowest: both('Slowest', '最慢环节'),
  noFigures: both('Nothing was waited for in this time.', '该期间内没有等待记录。'),
  weeks: (weeks: number) => both(`${weeks} weeks`, `${weeks} 周`),
  periods: both('Time that the figures are of', '统计期间'),
  drawing: both('Diagram (BPMN 2.0)', '流程图（BPMN 2.0）'),
  inNodes: both(
    'In each node where it is waited: working hours, half of the visits took no longer / nine of ten took no longer. Its colour goes by the first figure.',
    '等待环节内的数字为工作时间：中位数 / 90 分位；颜色取决于前者。',
  ),
  legend: both('Colours: working hours, median', '颜色：工作时间中位数'),
  circles: both(
    'A circle with an arrow stands for a line: it goes on at the node of that name. Thick frames are processes of their own.',
    '带箭头的圆圈代表连线：流程转到同名环节继续。粗框为独立的子流程。',
  ),
  download: both('Download as .bpmn', '下载 .bpmn 文件'),
  table: both('Waiting time', '等待时间'),
  node: both('Node', '环节'),
  visits: both('Visits', '次数'),
  median: both('Median, working hours', '工时中位数'),
  most: both('90 % within, working hours', '工时 90 分位'),
  mean: both('Mean, working hours', '平均工时'),
  clock: both('Median, on the clock', '自然时间中位数'),
  share: both('Share of all waiting', '占全部等待'),
  all: both('All processes', '全部流程'),
  navigation: both('Processes', '流程'),
  notYours: {
    tone: 'bad',
    title: both('Not for you', '无权查看'),
    text: both(
      'Heads of departments, operators and auditors see how processes go.',
      '仅部门负责人、运维人员和审计人员可查看流程运行情况。',
    ),
  },
} as const;

/** What a drawing shows, for whoever does not see it. */
export function descriptionOf(name: Text, nodes: number): Text {
  return both(
    `${name.en}: every step, question and way of the process. The waiting time of its ${nodes} nodes stands in the table after the drawing.`,
    `${name.zh}：流程的每个步骤、判断与路径。其中 ${nodes} 个等待环节的时间见图后的表格。`,
  );
}
