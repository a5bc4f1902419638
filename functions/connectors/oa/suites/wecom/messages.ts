/**
 * Tells the requester by a message of the app: https://developer.work.weixin.qq.com/document/path/90236. WeCom keeps one message
 * from being shown twice within four hours.
 */
import * as z from 'zod';
import type { OaPort } from '../../port.ts';
import { cardOf, receiverOf } from '../card.ts';
import type { WecomApi } from './api.ts';

const SAME_WITHIN_SECONDS = 14_400;
/** Of a card's description, in bytes. */
const MOST_BYTES = 500;

/** @param agentId - AgentId of the app that sends */
export function createWecomMessages(api: WecomApi, agentId: string): OaPort {
  return {
    async tell(notice) {
      const { title, lines, url } = cardOf(notice);
      const content =
        url === undefined
          ? { msgtype: 'text', text: { content: [title, ...lines].join('\n') } }
          : {
              msgtype: 'textcard',
              textcard: { title, description: cut(lines.map(escaped).join('<br>')), url, btntxt: '审批记录' },
            };
      const body = {
        touser: receiverOf(notice),
        agentid: Number(agentId),
        ...content,
        enable_duplicate_check: 1,
        duplicate_check_interval: SAME_WITHIN_SECONDS,
      };
      await api.post({ path: 'message/send', body, what: 'a message' }, z.object({}));
    },
  };
}

/** A card's description is HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string): string {
  let end = text;
  while (Buffer.byteLength(end) > MOST_BYTES) {
    end = end.slice(0, -1);
  }
  return end;
}
