/** What the entries of approvals say. */
import type { Text } from '../pages/language.ts';
import { actionText, doneText, levelText, midSentence, outcomeText, SUBJECTS } from '../pages/words.ts';
import { firedText } from '../policy/fired-words.ts';
import { shortDigest } from '../policy/policy-digest.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';

/** What is asked, for people. */
export const subjectText = (name: string): Text =>
  Object.entries(SUBJECTS).find(([key]) => key === name)?.[1] ?? { en: name, zh: name };

/** Who of the operators it was; the record does not know it of one who decided by a mailed link. */
const operatorText = (f: FactReader): string => {
  const operator = f.person('operator');
  return f.text('operator') === '' ? '' : f.say(` (${operator})`, `（${operator}）`);
};

/** Who had open tasks follow other rules or people: an operator, or Meridian itself after a deployment. */
const followedBy = (f: FactReader): string => {
  const digest = /^policies (?<digest>[0-9a-f]{64})$/.exec(f.text('operator'))?.groups?.digest;
  return digest === undefined
    ? f.text('operator')
    : f.say(`policies ${shortDigest(digest)}, by itself`, `审批政策 ${shortDigest(digest)}，系统自动`);
};

/** For whom somebody decided whose task was handed on. */
const insteadOf = (f: FactReader): string => {
  const person = f.person('onBehalfOf');
  return f.text('onBehalfOf') === '' ? '' : f.say(` for ${person}`, `（代${person}）`);
};

/** Whom they chose for the next level. */
const nextText = (f: FactReader): string => {
  const person = f.person('next');
  return f.text('next') === '' ? '' : f.say(`; ${person} is to decide next`, `，由${person}接着审批`);
};

/** With which others a purchase is judged. */
const splitText = (f: FactReader): string => {
  const amount = f.amount('splitAmount', 'splitCurrency');
  const others = String(f.count('splitWith'));
  return amount === ''
    ? ''
    : f.say(
        `, judged as ${amount} with other purchases from the supplier (${others})`,
        `（与该供应商其他 ${others} 笔采购合计 ${amount}）`,
      );
};

/** Which reminder or escalation of a level it was, from the second on. */
const stepText = (f: FactReader): string => {
  const step = f.text('step');
  return step === '' || step === '1' ? '' : f.say(` (step ${step})`, `（第 ${step} 次）`);
};

/** Who can no longer answer by a link alone. */
const signInText = (f: FactReader): string => {
  const signIn = f.people('signInIds');
  return signIn === '' ? '' : f.say(`; ${signIn} must sign in to decide`, `；${signIn}须登录后审批`);
};

const PLACES: { readonly [place: string]: Text } = {
  before: { en: 'before', zh: '前加签' },
  beside: { en: 'beside', zh: '并行加签' },
  after: { en: 'after', zh: '后加签' },
};
const placeText = (place: string): Text => PLACES[place] ?? { en: place, zh: place };

/** Whose words about an earlier version still stand. */
const keptText = (f: FactReader): string => {
  const kept = f.items('kept').map((one) => `${one.person('employeeId')} (${one.text('version')})`);
  return kept.length === 0
    ? ''
    : f.say(
        `; said about an earlier version, and still counted: ${kept.join(', ')}`,
        `；沿用此前版本的审批意见：${kept.join('、')}`,
      );
};

/** Which version of the tables named the levels; the administration shows them. */
const policyText = (f: FactReader): string => {
  const version = shortDigest(f.text('policyDigest'));
  return version === '' ? '' : f.say(` (policies ${version})`, `（政策版本 ${version}）`);
};

/** By which rows of the tables; empty where none is told. */
export const ruledText = (f: FactReader): string => {
  const fired = f.items('ruledBy').map((one) => ({ table: one.text('table'), rows: one.texts('rows') }));
  const { en, zh } = firedText(fired);
  return fired.length === 0 ? '' : f.say(`, by ${en}`, `，依据 ${zh}`);
};

const levelsOf = (f: FactReader): readonly string[] =>
  f.items('levels').map((level) => {
    const name = level.word('name', levelText);
    return f.say(`${name} (${level.people('approverIds')})`, `${name}（${level.people('approverIds')}）`);
  });

const LACKS: { readonly [lack: string]: Text } = {
  voices: { en: 'too few of them may decide', zh: '可同意人数不足' },
  authority: { en: 'nobody’s limit covers the amount', zh: '均无相应金额权限' },
};
const lackText = (lack: string): Text => LACKS[lack] ?? { en: lack, zh: lack };

const who = (f: FactReader): string => f.person('employeeId');
const whom = (f: FactReader): string => f.person('to');

/** Operators are known by the name that they gave, administrators by the directory. */
const handedOverBy = (f: FactReader): string =>
  f.text('administrator') === '' ? f.text('operator') : f.person('administrator');

/** Entries of the approvals. */
export const APPROVAL_WORDS: { readonly [type: string]: EntryWords } = {
  ApprovalRouted: plain((f) => {
    const levels = levelsOf(f);
    return f.say(
      `${f.word('subject', subjectText)} goes to ${levels.join(', then ')}${splitText(f)}${keptText(f)}${policyText(f)}${ruledText(f)}`,
      `${f.word('subject', subjectText)}的审批路径：${levels.join(' → ')}${splitText(f)}${keptText(f)}${policyText(f)}${ruledText(f)}`,
    );
  }),
  LevelOpened: plain((f) =>
    f.say(
      `${f.people('approverIds')} asked as ${f.word('levelName', levelText)}, until ${f.instant('deadline')}`,
      `请${f.word('levelName', levelText)}${f.people('approverIds')}审批，截止 ${f.instant('deadline')}`,
    ),
  ),
  LevelReopened: quiet((f) =>
    f.say(
      `${f.word('levelName', levelText)} opened again, until ${f.instant('deadline')}`,
      `${f.word('levelName', levelText)}重新打开，截止 ${f.instant('deadline')}`,
    ),
  ),
  DecisionMade: plain((f) =>
    f.say(
      `${f.word('action', doneText)} by ${f.person('employeeId')}${operatorText(f)}${insteadOf(f)} as ${f.word('levelName', levelText)}${nextText(f)}`,
      `${f.word('levelName', levelText)}${f.person('employeeId')}${operatorText(f)}${insteadOf(f)}：${f.word('action', doneText)}${nextText(f)}`,
    ),
  ),
  DecisionRefused: bad((f) =>
    f.say(
      `An attempt did not count: ${f.word('action', actionText)} (${f.text('message')})`,
      `一次操作未生效：${f.word('action', actionText)}（${f.text('message')}）`,
    ),
  ),
  LevelUrged: plain((f) =>
    f.say(`${who(f)} urged ${f.people('approverIds')}`, `${who(f)}催办${f.people('approverIds')}`),
  ),
  UrgeRefused: bad((f) => f.say(`An urge did not count (${f.text('refusal')})`, `催办未受理（${f.text('refusal')}）`)),
  LevelReminded: plain((f) =>
    f.say(`${f.people('approverIds')} reminded${stepText(f)}`, `已催办${f.people('approverIds')}${stepText(f)}`),
  ),
  LevelEscalated: plain((f) => {
    const [added, silent, left] = [f.people('addedIds'), f.people('forIds'), f.people('leftIds')];
    const inTime =
      silent === ''
        ? f.say('Nobody decided in time', '逾期未审批')
        : f.say(`No decision in time by ${silent}`, `${silent}逾期未审批`);
    const alone = left === '' ? '' : f.say(`; nobody is left to ask for ${left}`, `；${left}已无上级可升级`);
    return added === ''
      ? f.say(
          `Nobody decided in time, and nobody above is left to ask${stepText(f)}`,
          `逾期未审批，且已无上级可升级${stepText(f)}`,
        )
      : f.say(
          `${inTime}: ${added} asked as well${alone}${stepText(f)}`,
          `${inTime}，已升级至${added}${alone}${stepText(f)}`,
        );
  }),
  LevelOutOfReach: bad((f) => {
    const added = f.people('addedIds');
    const then =
      added === ''
        ? f.say('; nobody above is left to ask', '；已无上级可请')
        : f.say(`; ${added} asked to decide it`, `；改请${added}审批`);
    return f.say(
      `${f.word('levelName', levelText)} cannot be approved by those who are left: ${f.word('lack', lackText)}${then}`,
      `${f.word('levelName', levelText)}已无法由其余审批人通过：${f.word('lack', lackText)}${then}`,
    );
  }),
  ApprovalClosed: plain((f) =>
    f.say(
      `${f.word('subject', subjectText)} ended: ${midSentence(f.word('outcome', outcomeText))}`,
      `${f.word('subject', subjectText)}结束：${f.word('outcome', outcomeText)}`,
    ),
  ),
  CommentMade: plain((f) => f.say(`${who(f)} left a comment`, `${who(f)}发表意见`)),
  FileAttached: plain((f) => f.say(`${who(f)} attached a file`, `${who(f)}添加附件`)),
  TaskClaimed: plain((f) => f.say(`${who(f)} claimed the task`, `${who(f)}认领任务`)),
  TaskReleased: plain((f) => f.say(`${who(f)} gave the task back to the group`, `${who(f)}退回待认领`)),
  TaskTransferred: plain((f) =>
    f.say(`${who(f)} transferred the task to ${whom(f)}`, `${who(f)}将任务转办给${whom(f)}`),
  ),
  TaskDelegated: plain((f) => f.say(`${who(f)} asked ${whom(f)} for an opinion`, `${who(f)}征求${whom(f)}的意见`)),
  TaskCopied: plain((f) => f.say(`${who(f)} copied ${whom(f)}`, `${who(f)}抄送${whom(f)}`)),
  CopiedByRule: plain((f) => {
    const rows = [...new Set(f.items('copies').map((copy) => copy.text('row')))].join(', ');
    return f.say(
      `${f.people('to')} copied by the approval rules (row ${rows})`,
      `按审批规则（第 ${rows} 行）抄送${f.people('to')}`,
    );
  }),
  DelegateAnswered: plain((f) => f.say(`${who(f)} gave the opinion`, `${who(f)}提交意见`)),
  DelegationRecalled: plain((f) => f.say(`${who(f)} no longer waits for the opinion`, `${who(f)}取消征求意见`)),
  TaskHandedOver: plain((f) =>
    f.say(
      `${handedOverBy(f)} handed the task of ${f.person('from')} over to ${whom(f)}`,
      `${handedOverBy(f)}将${f.person('from')}的任务移交给${whom(f)}`,
    ),
  ),
  HandOverRefused: bad((f) => {
    const to = f.text('to') === '' ? f.say('nobody known here', '未知人员') : whom(f);
    return f.say(
      `${handedOverBy(f)} could not hand the task of ${f.person('from')} over to ${to} (${f.text('message')})`,
      `${handedOverBy(f)}未能将${f.person('from')}的任务移交给${to}（${f.text('message')}）`,
    );
  }),
  AmountRaised: plain((f) =>
    f.say(
      `Further purchases came since it was asked about ${f.text('before')}: from now on it is${splitText(f)}${signInText(f)}`,
      `原按 ${f.text('before')} 请审批，此后又有其他采购，现合并审批${splitText(f)}${signInText(f)}`,
    ),
  ),
  TaskRerouted: plain((f) => {
    const levels = levelsOf(f);
    if (f.text('operator') === 'split purchases') {
      return f.say(
        `Together with other purchases it goes to ${levels.join(', then ')}${ruledText(f)}`,
        `与其他采购合并后，后续审批：${levels.join(' → ')}${ruledText(f)}`,
      );
    }
    return f.say(
      `Rules or organisation changed (${followedBy(f)}): it goes to ${levels.join(', then ')}${ruledText(f)}`,
      `规则或组织架构已变更（${followedBy(f)}），后续审批：${levels.join(' → ')}${ruledText(f)}`,
    );
  }),
  LinkLimitChanged: plain((f) => {
    return f.say(
      `The rules changed (${followedBy(f)}): a link alone decides up to ${f.text('linkLimit')} now, ${f.text('before')} before${ruledText(f)}${signInText(f)}`,
      `规则已变更（${followedBy(f)}）：仅凭邮件链接可审批的上限由 ${f.text('before')} 改为 ${f.text('linkLimit')}${ruledText(f)}${signInText(f)}`,
    );
  }),
  SubstituteAsked: plain((f) =>
    f.say(
      `${f.person('from')} is away: ${whom(f)} is asked instead`,
      `${f.person('from')}不在岗，由${whom(f)}代为审批`,
    ),
  ),
  DecisionTakenBack: plain((f) => f.say(`${who(f)} took the decision back`, `${who(f)}取回决定`)),
  SignerAdded: plain((f) =>
    f.say(
      `${who(f)} added ${whom(f)} as a signer (${f.text('where')})`,
      `${who(f)}加签${whom(f)}（${f.word('where', placeText)}）`,
    ),
  ),
  SignerRemoved: plain((f) => f.say(`${who(f)} removed the signer ${whom(f)}`, `${who(f)}减签${whom(f)}`)),
  ReturnedToRequester: bad((f) =>
    f.say(`${who(f)} returned it to the requester for changes`, `${who(f)}退回申请人修改`),
  ),
  ReturnedToLevel: bad((f) =>
    f.say(`${who(f)} sent the question back to an earlier level`, `${who(f)}退回到之前的层级`),
  ),
};
