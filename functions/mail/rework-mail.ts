/** Mails that ask a requester to change what came back to them, with the way to the form where there is one. */
import { both, say, type Text } from '../pages/language.ts';
import { resubmissionPath } from '../pages/places.tsx';
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

const CHANGE_IT = both('Change it and send it again', '修改并重新提交');

interface Asked {
  /** What was filed, in an English sentence. */
  readonly noun: string;
  readonly returnedBy: string | undefined;
  /** Where it can be changed. */
  readonly where: Text;
}

/** `title`, `reason`, `deadline`; optional `noun`, `reasonZh`; `process` where a page changes it. */
function rework(words: (asked: Asked) => { readonly topic: Text; readonly lead: Text }): Template {
  return (facts, reader) => {
    const { language, timeZone } = reader;
    const { title = '', returnedBy, noun = 'requisition' } = facts;
    const button = formButton(facts, reader);
    const { topic, lead } = words({ noun, returnedBy, where: whereOf(button !== undefined) });
    const reason = inLanguage(facts, language);
    return {
      topic: language === 'en' ? `${say(topic, language)}: ${title}` : `${say(topic, language)}：${title}`,
      preview: reason ?? '',
      heading: title,
      paragraphs: [say(lead, language)],
      facts: shown({ reason, returnedBy, sendBefore: instant(facts.deadline, language, timeZone) }, language),
      lines: [],
      ...(button === undefined ? {} : { button }),
      smallPrint: [say(AUTOMATIC, language)],
    };
  };
}

/** It leads to a page that asks for sign-in, and says nothing else: whoever the mail is forwarded to can do nothing with it. */
function formButton({ process }: Facts, { language, pagesUrl, hasSignIn }: Reader) {
  return hasSignIn && hasText(process)
    ? { label: say(CHANGE_IT, language), url: `${pagesUrl}${resubmissionPath(process)}` }
    : undefined;
}

function whereOf(hasForm: boolean): Text {
  return hasForm
    ? both('on its page, for which you sign in, or in the OA', '登录后在页面上或在 OA 中')
    : both('in the OA', '在 OA 中');
}

/** Also with `returnedBy`, where a person returned it. */
export const reworkRequested = rework(({ noun, returnedBy, where }) => ({
  topic: both(`Please change your ${noun}`, '请修改您的申请'),
  lead: hasText(returnedBy)
    ? both(
        `An approver returned your ${noun}. Please change it ${where.en}, and send it again under the same number; or withdraw it.`,
        `审批人已退回您的申请。请${where.zh}修改后以原编号重新提交，或撤回申请。`,
      )
    : both(
        `Your ${noun} cannot go on as it was filed. Please change it ${where.en}, and send it again under the same number; or withdraw it.`,
        `您的申请未通过校验。请${where.zh}修改后以原编号重新提交，或撤回申请。`,
      ),
}));

/** What was sent in its place was not taken. */
export const reworkRefused = rework(({ noun, where }) => ({
  topic: both(`Your changed ${noun} is not complete`, '您修改后的申请不完整'),
  lead: both(
    `What you sent could not be taken, and nothing is lost: please correct it ${where.en}, and send it again.`,
    `您重新提交的内容未被受理，原申请不受影响。请${where.zh}更正后再次提交。`,
  ),
}));
