/** What the entries of expense claims say. */
import { midSentence, outcomeText } from '../pages/words.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import { issuesText } from './issues-text.ts';

export const EXPENSE_WORDS: { readonly [type: string]: EntryWords } = {
  ClaimRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} filed the claim as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交报销 ${f.text('requestId')}`,
    ),
  ),
  ClaimChecked: plain((f) =>
    f.say(
      `The claim is complete: ${f.money('baseTotal')}; findings to be judged: ${f.text('findings')}`,
      `报销校验通过：${f.money('baseTotal')}；待复核事项 ${f.text('findings')} 项`,
    ),
  ),
  ClaimRefused: bad((f) => f.say(`The claim was refused: ${issuesText(f)}`, `报销未受理：${issuesText(f)}`)),
  ReturnedByCheck: bad((f) =>
    f.say(`The checks returned it to the requester: ${issuesText(f)}`, `校验未通过，已退回申请人：${issuesText(f)}`),
  ),
  ClaimResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed claim in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交报销，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  PostingIntended: quiet((f) =>
    f.say(
      `About to post the claim: ${f.money('owed')} to be paid, ${f.money('setOff')} set off`,
      `准备入账：应付 ${f.money('owed')}，冲抵借款 ${f.money('setOff')}`,
    ),
  ),
  PostingYearAsked: bad((f) =>
    f.say(
      `The year ended since the check: operators are asked whether the claim may be posted in ${f.text('year')}`,
      `校验之后已跨年：请运维人员决定可否计入 ${f.text('year')} 年`,
    ),
  ),
  PostingRefused: bad((f) =>
    f.say(`The ERP refused the posting: ${f.text('message')}`, `ERP 拒绝入账：${f.text('message')}`),
  ),
  EntryPosted: plain((f) =>
    f.say(
      `Posted as journal entry ${f.text('entryNumber')}: ${f.money('owed')} to be paid, ${f.money('setOff')} set off`,
      `已入账，凭证 ${f.text('entryNumber')}：应付 ${f.money('owed')}，冲抵借款 ${f.money('setOff')}`,
    ),
  ),
  PaymentRefused: bad((f) =>
    f.say(`The ERP refused the payment (${f.text('rule')})`, `ERP 拒绝付款（${f.text('rule')}）`),
  ),
  ReversalIntended: quiet((f) =>
    f.say(`About to take back entry ${f.text('entryNumber')}`, `准备冲销凭证 ${f.text('entryNumber')}`),
  ),
  EntryReversed: plain((f) =>
    f.say(`Entry ${f.text('entryNumber')} taken back in the books`, `凭证 ${f.text('entryNumber')} 已冲销`),
  ),
  EntryKept: bad((f) =>
    f.say(
      `Entry ${f.text('entryNumber')} stands in the books: something of it is paid`,
      `凭证 ${f.text('entryNumber')} 已有付款，保留入账`,
    ),
  ),
  LateEntryFound: bad((f) =>
    f.say(
      `The ERP posted entry ${f.text('entryNumber')} after the claim had ended; the operators were told`,
      `报销结束后 ERP 才生成凭证 ${f.text('entryNumber')}，已通知运维`,
    ),
  ),
  ClaimClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};
