/** What the entries say that operators make: of executions, of messages to the OA, and of dead letters. */
import { both, type Text } from '../pages/language.ts';
import { oaStatusText } from '../pages/words.ts';
import { bad, type EntryWords, plain } from './entry-tone.ts';

const REFUSALS: { readonly [refusal: string]: Text } = {
  'not-your-role': both('they are no operator', '无运维权限'),
  'not-our-form': both('the form was not of their session', '表单不属于其会话'),
  'own-request': both('it is their own request', '这是其本人的申请'),
  'bad-form': both('the form could not be read', '表单无法识别'),
};
const refusalText = (refusal: string): Text => REFUSALS[refusal] ?? both(refusal, refusal);

export const OPERATION_WORDS: { readonly [type: string]: EntryWords } = {
  RedriveAsked: plain((f) =>
    f.say(
      `${f.person('operator')} asked that the execution go on at the step that failed (${f.text('executionId')})`,
      `${f.person('operator')}要求执行从失败的步骤继续（${f.text('executionId')}）`,
    ),
  ),
  RedriveRefused: bad((f) =>
    f.say(
      `The execution does not go on, as ${f.person('operator')} asked: ${f.text('reason')}`,
      `${f.person('operator')}要求继续的执行未能继续：${f.text('reason')}`,
    ),
  ),
  OaMessageSentAgain: plain((f) =>
    f.say(
      `${f.person('operator')} had the OA told again: ${f.word('status', oaStatusText)}`,
      `${f.person('operator')}要求重新通知 OA：${f.word('status', oaStatusText)}`,
    ),
  ),
  PayrollRunAsked: plain((f) =>
    f.say(
      `${f.person('operator')} started the payroll run of ${f.text('period')} (${f.text('execution')})`,
      `${f.person('operator')}启动了 ${f.text('period')} 的薪资流程（${f.text('execution')}）`,
    ),
  ),
  LettersAskedFor: plain((f) =>
    f.say(
      `${f.person('operator')} asked that ${f.count('letterIds')} dead letters of ${f.text('queue')} be sent again`,
      `${f.person('operator')}要求重新发送 ${f.text('queue')} 中的 ${f.count('letterIds')} 封死信`,
    ),
  ),
  LettersSentAgain: plain((f) =>
    f.say(
      `Of the dead letters of ${f.text('queue')} ${f.text('sent')} went back; nothing takes ${f.text('kept')}, and ${f.text('missed')} were not there`,
      `${f.text('queue')} 的死信：已重新发送 ${f.text('sent')} 封，${f.text('kept')} 封无处可送，${f.text('missed')} 封已不在`,
    ),
  ),
  ChangeProposalRefused: bad((f) =>
    f.say(
      `Bill ${f.text('proposalId')}, proposed in ${f.text('system')}, began no engineering change: ${f.text('problem')}`,
      `${f.text('system')} 中提议的物料清单 ${f.text('proposalId')} 未能发起工程变更：${f.text('problem')}`,
    ),
  ),
  OperationRefused: bad((f) =>
    f.say(
      `${f.person('employeeId')} tried an operation, which did not count: ${f.word('refusal', refusalText)}`,
      `${f.person('employeeId')}尝试运维操作，未生效：${f.word('refusal', refusalText)}`,
    ),
  ),
};
