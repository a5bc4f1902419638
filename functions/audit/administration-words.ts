/** What the entries say that are about no process: of the directory, of administrators and of substitutes. */
import { both, type Text } from '../pages/language.ts';
import { shortDigest } from '../policy/policy-digest.ts';
import { ABSENCE_REFUSALS } from '../worklist/absence-words.ts';
import { bad, type EntryWords, plain } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';

const FORM_REFUSALS: { readonly [refusal: string]: Text } = {
  'not-your-role': both('they are no administrator', '无管理员权限'),
  'not-our-form': both('the form was not of their session', '表单不属于其会话'),
  'bad-form': both('the form could not be read', '表单无法识别'),
  'unknown-person': both('it names a person who is not in the directory', '所填人员不在组织架构中'),
  'same-person': both('it would go to whom it is from', '移交对象即为本人'),
  'no-such-approval': both('it names an approval that there is not', '所填审批不存在'),
};
const formRefusalText = (refusal: string): Text => FORM_REFUSALS[refusal] ?? both(refusal, refusal);

const FORMS: { readonly [action: string]: Text } = {
  'hand-over': both('a hand-over', '移交任务'),
  name: both('to name a substitute', '指定代理人'),
  end: both('to end a substitution', '结束代理'),
};
const formText = (action: string): Text => FORMS[action] ?? both('to change something', '修改');

/** Of whom, and to whom, as far as the directory knows them. */
const aboutText = (f: FactReader): string => {
  const from = f.text('from') === '' ? '' : f.say(` from ${f.person('from')}`, `，原处理人${f.person('from')}`);
  const to = f.text('to') === '' ? '' : f.say(` to ${f.person('to')}`, `，移交对象${f.person('to')}`);
  return `${from}${to}`;
};

/** As their addresses begin: what stands in the record does not change with them. */
const GUARDED_PAGES: { readonly [page: string]: Text } = {
  '/admin': both('the pages of administrators', '系统管理页面'),
  '/audit': both('the pages of auditors', '审计页面'),
  '/operations': both('the pages of operators', '运维页面'),
};
const pageText = (page: string): Text => GUARDED_PAGES[page] ?? both(page, page);

const CLAIM_PROBLEMS: { readonly [refusal: string]: Text } = {
  'missing-claim': both('a claim is missing', '缺少声明'),
  'unverified-mail': both('its mail address is not verified', '邮箱未经验证'),
  'unknown-person': both('the directory has not exactly one active person for it', '通讯录中没有唯一对应的在职人员'),
};
const claimText = (refusal: string): Text => CLAIM_PROBLEMS[refusal] ?? both(refusal, refusal);

const issueText = (reason: string): Text =>
  Object.entries(ABSENCE_REFUSALS).find(([known]) => known === reason)?.[1] ?? both(reason, reason);

export const ADMINISTRATION_WORDS: { readonly [type: string]: EntryWords } = {
  DirectoryChanged: plain((f) =>
    f.say(
      `${f.text('operator')} put version ${f.text('version')} of the directory in use (${f.text('people') || 'the deployment’s'} people; before: ${f.text('before')})`,
      `${f.text('operator')} 启用了组织架构第 ${f.text('version')} 版（人员：${f.text('people') || '随部署文件'}；此前为第 ${f.text('before')} 版）`,
    ),
  ),
  PoliciesFollowed: plain((f) => {
    const policies = shortDigest(f.text('digest'));
    const [moved, unchanged, failed] = [f.text('moved'), f.text('unchanged'), f.text('failed')];
    return f.say(
      `Open tasks followed the policies ${policies} and version ${f.text('directoryVersion')} of the directory: ${moved} changed, ${unchanged} were right, ${failed} could not follow`,
      `待办任务已按审批政策 ${policies} 与组织架构第 ${f.text('directoryVersion')} 版核对：变更 ${moved} 项，无需变更 ${unchanged} 项，无法变更 ${failed} 项`,
    );
  }),
  HandOverOrdered: plain((f) =>
    f.say(
      `${f.person('administrator')} ordered that ${f.text('total')} tasks of ${f.person('from')} go over to ${f.person('to')}`,
      `${f.person('administrator')}发起将${f.person('from')}的 ${f.text('total')} 项任务移交给${f.person('to')}`,
    ),
  ),
  HandOverFinished: plain((f) =>
    f.say(
      `Of ${f.text('total')} tasks of ${f.person('from')}, ${f.text('moved')} went over to ${f.person('to')}, ${f.text('refused')} could not, and ${f.text('gone')} were not there any more`,
      `${f.person('from')}的 ${f.text('total')} 项任务：已移交给${f.person('to')} ${f.text('moved')} 项，不能移交 ${f.text('refused')} 项，已不存在 ${f.text('gone')} 项`,
    ),
  ),
  AdministrationRefused: bad((f) =>
    f.say(
      `${f.person('employeeId')} tried ${f.word('action', formText)}${aboutText(f)}, which did not count: ${f.word('refusal', formRefusalText)}`,
      `${f.person('employeeId')}尝试${f.word('action', formText)}${aboutText(f)}，未生效：${f.word('refusal', formRefusalText)}`,
    ),
  ),
  OwnFormRefused: bad((f) =>
    f.say(
      `A form came to ${f.text('page')} of ${f.person('employeeId')} that was not of our page: nothing was changed`,
      `${f.person('employeeId')}的页面 ${f.text('page')} 收到并非由本页面提交的表单，未作任何更改`,
    ),
  ),
  VisitRefused: bad((f) =>
    f.say(
      `${f.person('employeeId')} asked for ${f.word('page', pageText)}, and was shown none`,
      `${f.person('employeeId')}尝试查看${f.word('page', pageText)}，因无权限被拒绝`,
    ),
  ),
  SignInRefused: bad((f) =>
    f.say(
      `An account of the company sign-in (${f.text('subject')}) is nobody of ours: ${f.word('refusal', claimText)} (claim ${f.text('claim')})`,
      `公司统一登录的账号（${f.text('subject')}）未能对应到员工：${f.word('refusal', claimText)}（声明 ${f.text('claim')}）`,
    ),
  ),
  SubstituteRefused: bad((f) => {
    const issues = f.items('issues').map((issue) => `${issue.text('field')}: ${issue.word('reason', issueText)}`);
    return f.say(
      `${f.person('employeeId')} tried ${f.word('action', formText)}, which did not count (${issues.join('; ')})`,
      `${f.person('employeeId')}尝试${f.word('action', formText)}，未生效（${issues.join('；')}）`,
    );
  }),
};
