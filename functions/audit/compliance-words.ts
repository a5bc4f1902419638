/** What the entries of cases of compliance say, and those that cases leave in the records of processes. */
import { detectorText } from '../compliance/detector-words.ts';
import { both, type Text } from '../pages/language.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';

const REFUSALS: { readonly [refusal: string]: Text } = {
  'already-decided': both('somebody had decided before', '案件已处理'),
  'has-part': both('they have a part in what it is about', '案件涉及本人或本人参与的流程'),
  'owner-only': both('it is for the post that owns the case', '仅限案件负责岗位'),
  'approval-open': both('one more approval is asked for, which decides', '正在追加审批，由审批人决定'),
  'reason-required': both('no reason was given', '未填写理由'),
  'holds-stand': both('processes are still held', '仍有流程被冻结'),
  'nothing-held': both('nothing is held', '没有被冻结的流程'),
  'cannot-be-cancelled': both('a process cannot be ended from outside', '流程无法从外部终止'),
  'unknown-person': both('nobody of that name works here', '无此在职人员'),
  'not-your-role': both('they are not of compliance', '无合规权限'),
  'not-our-form': both('the form was not of their session', '表单不属于其会话'),
};

/** Why an attempt on a case did not count. */
export const caseRefusalText = (refusal: string): Text => REFUSALS[refusal] ?? both(refusal, refusal);

const RESULTS: { readonly [result: string]: Text } = {
  released: both('goes on', '已继续'),
  stopped: both('was stopped', '已终止'),
  ended: both('had ended', '此前已结束'),
  unknown: both('is not known', '不存在'),
  'nothing-held': both('was not held', '未被冻结'),
};

const NOT_GIVEN: { readonly [outcome: string]: Text } = {
  rejected: both('rejected', '已驳回'),
  expired: both('nobody answered in time', '逾期未处理'),
  'has-part': both('whoever approved has a part in what it is about', '案件涉及审批人或其参与的流程'),
  'no-approver': both('nobody may be asked', '无人可审批'),
  'no-approval-rule': both('no rule says who is asked', '无对应审批规则'),
};

const notGivenText = (outcome: string): Text => NOT_GIVEN[outcome] ?? both(outcome, outcome);

const CHANNELS: { readonly [channel: string]: Text } = {
  topic: both('the topic of warnings', '预警主题'),
  webhook: both('the company’s webhook', '企业 Webhook'),
};

const channelText = (channel: string): Text => CHANNELS[channel] ?? both(channel, channel);

const heldText = (f: FactReader): string => f.texts('held').join(', ');

export const COMPLIANCE_WORDS: { readonly [type: string]: EntryWords } = {
  CaseOpened: bad((f) => {
    const processes = f.texts('processIds').join(', ');
    const about = processes === '' ? '' : f.say(` (${processes})`, `（${processes}）`);
    return f.say(
      `${f.word('detector', detectorText)}${about}; ${f.person('ownerId')} decides by ${f.instant('deadline')}`,
      `${f.word('detector', detectorText)}${about}；由${f.person('ownerId')}处理，截止 ${f.instant('deadline')}`,
    );
  }),
  CaseEvidenceAdded: plain((f) => f.say('More was found that belongs to it', '发现更多相关证据')),
  CaseProcessHeld: bad((f) => f.say(`Process ${f.text('process')} is held`, `流程 ${f.text('process')} 已冻结`)),
  CaseAssigned: plain((f) =>
    f.say(
      `The case went from ${f.person('from')} to ${f.person('to')}`,
      `案件由${f.person('from')}转交给${f.person('to')}`,
    ),
  ),
  CaseReleased: plain((f) =>
    f.say(`${f.person('employeeId')} lets ${heldText(f)} go on`, `${f.person('employeeId')}解除冻结：${heldText(f)}`),
  ),
  CaseCancelled: bad((f) =>
    f.say(`${f.person('employeeId')} ends ${heldText(f)}`, `${f.person('employeeId')}终止流程：${heldText(f)}`),
  ),
  CaseClosed: plain((f) => f.say(`${f.person('employeeId')} closed the case`, `${f.person('employeeId')}关闭案件`)),
  CaseDecisionRefused: bad((f) =>
    f.say(
      `${f.person('employeeId')} tried to act on the case, which did not count: ${f.word('refusal', caseRefusalText)}`,
      `${f.person('employeeId')}对案件的操作未生效：${f.word('refusal', caseRefusalText)}`,
    ),
  ),
  CaseCarriedOut: quiet((f) => {
    const result = f.word('result', (name) => RESULTS[name] ?? both(name, name));
    return f.say(`Process ${f.text('process')} ${result}`, `流程 ${f.text('process')} ${result}`);
  }),
  CaseMended: quiet((f) => f.say('What was found is not there any more', '复查时差异已不存在')),
  CaseSeenAgain: bad((f) => f.say('What was found is there again', '差异再次出现')),
  CaseOverdue: bad((f) => f.say(`${f.person('ownerId')} has not decided in time`, `${f.person('ownerId')}逾期未处理`)),
  CaseApprovalNotGiven: bad((f) =>
    f.say(
      `One more approval was not given (${f.word('outcome', notGivenText)}): compliance decides`,
      `追加审批未获批准（${f.word('outcome', notGivenText)}），由合规处理`,
    ),
  ),
  WarningSent: quiet((f) =>
    f.say(`Warned by ${f.word('channel', channelText)}`, `已通过${f.word('channel', channelText)}发出预警`),
  ),
  WarningFailed: bad((f) =>
    f.say(
      `No warning by ${f.word('channel', channelText)}: ${f.text('reason')}`,
      `未能通过${f.word('channel', channelText)}发出预警：${f.text('reason')}`,
    ),
  ),
  StoppedByCompliance: bad((f) =>
    f.say(
      `${f.person('employeeId')} stopped the process (compliance case ${f.text('caseId')})`,
      `${f.person('employeeId')}终止了流程（合规案件 ${f.text('caseId')}）`,
    ),
  ),
};
