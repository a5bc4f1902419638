/**
 * Tells the requester by a card of the app's robot: https://open.feishu.cn/document/server-docs/im-v1/message/create.
 * `uuid` keeps one message from being shown twice within an hour.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { OaPort } from '../../port.ts';
import { cardOf, receiverOf } from '../card.ts';
import type { FeishuApi } from './api.ts';

export function createFeishuMessages(api: FeishuApi): OaPort {
  return {
    async tell(notice) {
      const { title, lines, url } = cardOf(notice);
      const link = {
        tag: 'action',
        actions: [{ tag: 'button', text: plain('查看审批记录 / Approval record'), type: 'default', url }],
      };
      const card = {
        config: { wide_screen_mode: true },
        header: { title: plain(title) },
        elements: [{ tag: 'div', text: plain(lines.join('\n')) }, ...(url === undefined ? [] : [link])],
      };
      const body = {
        receive_id: receiverOf(notice),
        msg_type: 'interactive',
        content: JSON.stringify(card),
        uuid: createHash('sha256').update(notice.messageId).digest('hex').slice(0, 40),
      };
      const path = 'im/v1/messages?receive_id_type=user_id';
      await api.call({ method: 'POST', path, body, what: 'a message' }, z.object({}));
    },
  };
}

/** As text, so that nothing in it is read as markup. */
function plain(content: string) {
  return { tag: 'plain_text', content };
}
