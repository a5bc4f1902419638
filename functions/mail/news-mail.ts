/** Mails that tell and ask nothing: how a request ended, a task that is gone, a wait that is overdue, a problem. */

import { REFUSALS } from '../approvals/refusal-words.ts';
import { detectorText } from '../compliance/detector-words.ts';
import { both, say, type Text } from '../pages/language.ts';
import { casePath, PAYSLIPS_PATH } from '../pages/places.tsx';
import { midSentence, outcomeText, scopeText, waitText } from '../pages/words.ts';
import type { MailRequest } from '../process/domain/process.ts';
import type { DecisionTemplate } from './decision-mail.ts';
import { type MailModel, subjectLine } from './mail-model.ts';
import {
  AUTOMATIC,
  type Facts,
  hasText,
  inLanguage,
  instant,
  type Reader,
  shown,
  type Template,
} from './news-parts.ts';
import { reworkRefused, reworkRequested } from './rework-mail.ts';
import { elsewhereText } from './task-gone-words.ts';

export type NewsTemplate = Exclude<MailRequest['template'], DecisionTemplate>;

const OPEN_CASE = both('Open the case', '查看案件');

/** Facts needed: those of the template, as the sender of each documents them; unknown ones are shown as they are. */
export function newsMail(template: NewsTemplate, facts: Facts, reader: Reader): MailModel {
  const { topic, ...model } = TEMPLATES[template](facts, reader);
  return { language: reader.language, subject: subjectLine(topic), ...model };
}

/** `title`, `outcome`; optional `noun`, `orderNumber`, `entryNumber`, `reason`, `reasonZh`. */
const processNews: Template = (facts, { language }) => {
  const title = facts.title ?? '';
  const outcome = say(outcomeText(facts.outcome ?? ''), language);
  const reason = inLanguage(facts, language);
  return {
    topic: language === 'en' ? `${title}: ${midSentence(outcome)}` : `${title}：${outcome}`,
    preview: outcome,
    heading: title,
    paragraphs: [say(endingText(facts) ?? both(`It ended: ${outcome}.`, `流程结果：${outcome}。`), language)],
    facts: shown({ orderNumber: facts.orderNumber, entryNumber: facts.entryNumber, reason }, language),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `noun`: what was filed, in an English sentence; without one, a requisition. */
function endingText({ noun = REQUISITION, outcome = '' }: Facts): Text | undefined {
  return ENDINGS_BY_NOUN[noun]?.[outcome] ?? endingsOf(noun)[outcome];
}

const REQUISITION = 'requisition';

function endingsOf(noun: string): { readonly [outcome: string]: Text } {
  return {
    refused: both(
      `Your ${noun} could not be accepted as filed. Please correct it and file it again.`,
      '您的申请未被受理，请按原因修改后重新提交。',
    ),
    rejected: both(`Your ${noun} was rejected.`, '您的申请已被驳回。'),
    withdrawn: both(`Your ${noun} is withdrawn, as you asked.`, '您的申请已按您的要求撤回。'),
    cancelled: both(`Your ${noun} is cancelled.`, '您的申请已取消。'),
    expired: both(
      `The time for it is over, so your ${noun} has expired. You may file it again.`,
      '处理超时，您的申请已失效，您可以重新提交。',
    ),
  };
}

const PURCHASE_ENDINGS: { readonly [outcome: string]: Text } = {
  paid: both(
    'Your purchase is complete: the goods have arrived and the supplier is paid.',
    '您的采购已完成：货物已收到，供应商款项已支付。',
  ),
  cancelled: both('Your purchase is cancelled.', '您的采购已取消。'),
  expired: both(
    'Nobody decided in time, so your requisition has expired. Nothing was ordered without a decision. You may file it again.',
    '审批超时，您的申请已失效。未经审批不会下单，您可以重新提交。',
  ),
};

const EXPENSE_ENDINGS: { readonly [outcome: string]: Text } = {
  paid: both('Your expenses are paid to you.', '您的报销款已支付。'),
  settled: both(
    'Your expenses are in the books and set off against your advance; nothing is left to be paid.',
    '您的报销已入账并冲抵借款，无需另行付款。',
  ),
  posted: both(
    'Your expenses are in the books; their payment is settled by hand.',
    '您的报销已入账，付款由财务人工处理。',
  ),
};

const ABSENCE_ENDINGS: { readonly [outcome: string]: Text } = {
  approved: both(
    'Your absence is approved and stands in the ERP. Until it begins you may withdraw it in the OA.',
    '您的申请已批准并已登记到 ERP。开始之前可在 OA 中撤回。',
  ),
  granted: both(
    'Your absence has begun as it was approved. It can be withdrawn no more.',
    '您的申请已按批准开始，不能再撤回。',
  ),
};

const CHANGE_ENDINGS: { readonly [outcome: string]: Text } = {
  approved: both(
    'Your engineering change is approved, and the new bill of materials stands in the ERP. Until its day you may withdraw it in the OA.',
    '您的工程变更已批准，新物料清单已在 ERP 建立。生效前可在 OA 中撤回。',
  ),
  implemented: both('The product is made by the new bill of materials from now on.', '产品自即日起按新物料清单生产。'),
  stale: both(
    'The bill of materials was changed in the ERP meanwhile, so the engineering change was not carried out. Nothing was changed.',
    '期间 ERP 中的物料清单已被修改，工程变更未执行，未做任何更改。',
  ),
};

const PAYROLL_ENDINGS: { readonly [outcome: string]: Text } = {
  'handed-over': both(
    'The figures of the month are handed over to payroll as a file.',
    '本月考勤数据已生成文件并交付薪资系统。',
  ),
};

/** What one process alone ends with, by what was filed. */
const ENDINGS_BY_NOUN: { readonly [noun: string]: { readonly [outcome: string]: Text } } = {
  [REQUISITION]: PURCHASE_ENDINGS,
  'expense claim': EXPENSE_ENDINGS,
  'absence request': ABSENCE_ENDINGS,
  'engineering change': CHANGE_ENDINGS,
  'payroll run': PAYROLL_ENDINGS,
};

/**
 * `title`, `outcome`: what was decided or became of the approval, or the event that took the task away; optional `decided`:
 * the action by which whoever took it over decided at once, and `nowWith`: names of who has it now.
 */
const taskGone: Template = (facts, { language }) => {
  const title = facts.title ?? '';
  const outcome = say(outcomeText(facts.outcome ?? ''), language);
  const elsewhere = elsewhereText(facts.outcome ?? '');
  const settled = both(
    `You were asked to decide this. It is settled now (${outcome}), and there is nothing left for you to do.`,
    `此前请您审批的事项已有结果（${outcome}），您无需再处理。`,
  );
  return {
    topic: language === 'en' ? `Nothing left to do: ${title}` : `无需处理：${title}`,
    preview: elsewhere === undefined ? outcome : say(elsewhere, language),
    heading: title,
    paragraphs: [say(elsewhere ?? settled, language)],
    facts: shown(
      {
        nowWith: facts.nowWith,
        decided: facts.decided === undefined ? undefined : say(outcomeText(facts.decided), language),
      },
      language,
    ),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `title`, `outcome`: how the approval ended of which the reader was to know. */
const copyNews: Template = (facts, { language }) => {
  const title = facts.title ?? '';
  const outcome = say(outcomeText(facts.outcome ?? ''), language);
  const text = both(
    `You were copied when this was to be decided. It has ended: ${midSentence(outcome)}.`,
    `此前抄送给您的审批已结束，结果：${outcome}。`,
  );
  return {
    topic: language === 'en' ? `For your information: ${title}: ${midSentence(outcome)}` : `抄送：${title}：${outcome}`,
    preview: outcome,
    heading: title,
    paragraphs: [say(text, language)],
    facts: [],
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `title`, `fileName`, `refusal`: its stable name. */
const fileRefused: Template = (facts, { language }) => {
  const why = Object.entries(REFUSALS).find(([refusal]) => refusal === facts.refusal)?.[1] ?? REFUSALS['unfit-file'];
  return {
    topic: `${say(both('Your file was not kept', '附件未保存'), language)}${language === 'en' ? ': ' : '：'}${facts.title ?? ''}`,
    preview: say(why.title, language),
    heading: say(why.title, language),
    paragraphs: [say(why.text, language)],
    facts: shown({ subject: facts.title, fileName: facts.fileName }, language),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `news` (`named` or `ended`), `person`, `begins`, `ends`, `scope`: subjects, separated by spaces; empty: all. */
const standIn: Template = ({ news, person = '', begins, ends, scope = '' }, { language, timeZone }) => {
  const topic =
    news === 'ended'
      ? both(`You no longer stand in for ${person}`, `您不再代理${person}`)
      : both(`You stand in for ${person}`, `请代理${person}的审批`);
  const text =
    news === 'ended'
      ? both('It has ended. What you were asked already stays with you.', '代理已结束。此前已转给您的事项仍由您处理。')
      : both(
          'What would be asked of them in this time is asked of you, and you decide in their place, within your own authority. What waits for them already is on your list of tasks in this time, and you may take it over.',
          '在此期间需由其审批的事项将转给您，由您在自己的权限内代为审批。其已有的待办在此期间也列在您的待办中，您可以接手。',
        );
  return {
    topic: say(topic, language),
    preview: say(text, language),
    heading: say(topic, language),
    paragraphs: [say(text, language)],
    facts: shown(
      {
        from: instant(begins, language, timeZone),
        until: instant(ends, language, timeZone),
        scope: say(scopeText(scope.split(' ').filter(hasText)), language),
      },
      language,
    ),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

const FACT_OVERDUE = both(
  'A purchase does not go on until this arrives. Please see to it, or tell the buyer what keeps it.',
  '该采购需待此项完成后才能继续。请跟进处理，或将原因告知采购员。',
);
const REWORK_OVERDUE = both(
  'The requisition was returned to its requester. It expires unless it is changed and sent again, or withdrawn.',
  '该申请已退回申请人。如逾期未修改并重新提交（或撤回），申请将失效。',
);

/** `period`, `revision`: without an amount, since mail is read by more than its reader. */
const payslipReady: Template = ({ period = '', revision = '1' }, { language, pagesUrl }) => {
  const isCorrected = revision !== '1';
  const topic = isCorrected
    ? both(`Your payslip of ${period} was corrected`, `${period} 工资条已更正`)
    : both(`Your payslip of ${period}`, `${period} 工资条`);
  return {
    topic: say(topic, language),
    preview: say(topic, language),
    heading: say(topic, language),
    paragraphs: [
      say(
        both(
          'It is ready to be read. Please confirm it, or say what is wrong; you need to sign in.',
          '您的工资条已发放，请登录查看并确认；如有异议请在页面上说明。',
        ),
        language,
      ),
    ],
    facts: [],
    lines: [],
    button: { label: say(both('Read it', '查看工资条'), language), url: `${pagesUrl}${PAYSLIPS_PATH}/${period}` },
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `waitingFor` (a kind of wait), `subject`, `since`, `deadline`, `process`, `request`. */
const waitOverdue: Template = (facts, { language, timeZone }) => {
  const awaited = say(waitText(facts.waitingFor ?? ''), language);
  const about = facts.subject ?? '';
  return {
    topic: language === 'en' ? `Overdue: ${awaited} (${about})` : `逾期提醒：${awaited}（${about}）`,
    preview: about,
    heading: language === 'en' ? `Still waiting for ${awaited}` : `仍在等待：${awaited}`,
    paragraphs: [say(facts.waitingFor === 'rework' ? REWORK_OVERDUE : FACT_OVERDUE, language)],
    facts: shown(
      {
        subject: about,
        request: facts.request,
        process: facts.process,
        since: instant(facts.since, language, timeZone),
        deadline: instant(facts.deadline, language, timeZone),
      },
      language,
    ),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `caseId`, `detector`, `deadline`; `held` where processes are held; `overdue` where the deadline is over. */
const complianceCase: Template = ({ caseId = '', detector = '', deadline, held, overdue }, reader) => {
  const { language, timeZone, pagesUrl } = reader;
  const found = say(detectorText(detector), language);
  const lead = hasText(overdue)
    ? both('The time to decide about it is over.', '处理期限已过。')
    : hasText(held)
      ? both('What it is about is held and goes on only when somebody decides.', '相关流程已冻结，作出决定后方可继续。')
      : both('Please look at it and say what became of it.', '请查看并记录处理结果。');
  return {
    topic: language === 'en' ? `Compliance: ${midSentence(found)}` : `合规：${found}`,
    preview: say(lead, language),
    heading: found,
    paragraphs: [say(lead, language)],
    facts: shown({ case: caseId, decideBefore: instant(deadline, language, timeZone) }, language),
    lines: [],
    button: { label: say(OPEN_CASE, language), url: `${pagesUrl}${casePath(caseId)}` },
    smallPrint: [say(AUTOMATIC, language)],
  };
};

/** `problem`, `problemZh`, and whatever else helps. */
const operatorNotice: Template = (facts, { language }) => {
  const { problem: english = '', problemZh, ...others } = facts;
  const problem = language === 'zh-CN' && hasText(problemZh) ? problemZh : english;
  return {
    topic: language === 'en' ? `Meridian needs an operator: ${problem}` : `需要运维处理：${problem}`,
    preview: problem,
    heading: language === 'en' ? 'Meridian needs an operator' : '需要运维处理',
    paragraphs: [problem],
    facts: shown(others, language),
    lines: [],
    smallPrint: [say(AUTOMATIC, language)],
  };
};

const TEMPLATES: { readonly [template in NewsTemplate]: Template } = {
  'process-news': processNews,
  'rework-requested': reworkRequested,
  'rework-refused': reworkRefused,
  'task-gone': taskGone,
  'file-refused': fileRefused,
  'copy-news': copyNews,
  'stand-in': standIn,
  'payslip-ready': payslipReady,
  'wait-overdue': waitOverdue,
  'compliance-case': complianceCase,
  'operator-notice': operatorNotice,
};
