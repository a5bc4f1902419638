/** Pages that say one thing only, about nothing in particular: unknown links, refused requests, our own failures. */
import { type Language, say, type Text } from './language.ts';
import { Notice, renderPage } from './layout.tsx';

export interface Message {
  readonly tone: 'wait' | 'bad';
  readonly title: Text;
  readonly text: Text;
}

export function messagePage(message: Message, language: Language, otherLanguage?: string) {
  return renderPage({
    title: say(message.title, language),
    language,
    ...(otherLanguage === undefined ? {} : { otherLanguage }),
    children: (
      <Notice tone={message.tone} title={say(message.title, language)} isHeading>
        {say(message.text, language)}
      </Notice>
    ),
  });
}

export const FAILED: Message = {
  tone: 'bad',
  title: { en: 'This did not work', zh: '操作未完成' },
  text: {
    en: 'Something failed on our side. A decision counts only once this page has confirmed it. Please open the link again in a few minutes.',
    zh: '系统暂时出现问题。只有页面明确确认后，您的决定才算生效。请过几分钟重新打开链接。',
  },
};

export const NOT_FOUND: Message = {
  tone: 'bad',
  title: { en: 'There is no such page', zh: '页面不存在' },
  text: {
    en: 'Please open the link exactly as it stands in the mail. Some mail programmes break long links.',
    zh: '请按邮件中的原样打开链接。部分邮件软件会截断较长的链接。',
  },
};
