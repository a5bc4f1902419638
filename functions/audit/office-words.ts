/** What the entries of office requests, and of the forms that they are of, say. */
import { midSentence, outcomeText } from '../pages/words.ts';
import { bad, type EntryWords, plain } from './entry-tone.ts';
import { issuesText } from './issues-text.ts';

export const OFFICE_WORDS: { readonly [type: string]: EntryWords } = {
  OfficeRequestRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} filed a form as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交办公申请 ${f.text('requestId')}`,
    ),
  ),
  OfficeRequestChecked: plain((f) =>
    f.say(
      `The request is complete by version ${f.text('formVersion')} of the form ${f.text('form')}`,
      `按表单 ${f.text('form')} 第 ${f.text('formVersion')} 版校验通过`,
    ),
  ),
  OfficeRequestRefused: bad((f) =>
    f.say(`The office request was refused: ${issuesText(f)}`, `办公申请未受理：${issuesText(f)}`),
  ),
  OfficeRequestResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed request in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  DocumentNumbered: plain((f) =>
    f.say(`The document has the number ${f.text('number')}`, `文件编号为 ${f.text('number')}`),
  ),
  OfficeRequestClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
  FormPublished: plain((f) =>
    f.say(
      `Version ${f.text('version')} of the form ${f.text('form')} counts from now on`,
      `表单 ${f.text('form')} 第 ${f.text('version')} 版生效`,
    ),
  ),
};
