/**
 * Tells the requester by a work notice: https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages.
 * DingTalk has no key for it; the same words to the same person are shown once a day, and the process stands in them.
 */
import * as z from 'zod';
import type { OaPort } from '../../port.ts';
import { cardOf, receiverOf } from '../card.ts';
import type { DingtalkApi } from './api.ts';

/** @param agentId - AgentId of the app that sends */
export function createDingtalkMessages(api: DingtalkApi, agentId: string): OaPort {
  return {
    async tell(notice) {
      const { title, lines, url } = cardOf(notice);
      const msg =
        url === undefined
          ? { msgtype: 'text', text: { content: [title, ...lines].join('\n') } }
          : {
              msgtype: 'action_card',
              action_card: {
                title,
                markdown: lines.map(escaped).join('\n\n'),
                single_title: '查看审批记录 / Approval record',
                single_url: url,
              },
            };
      const body = { agent_id: Number(agentId), userid_list: receiverOf(notice), msg };
      const path = '/topapi/message/corpconversation/asyncsend_v2';
      await api.postOlder({ path, body, what: 'a message' }, z.object({ task_id: z.unknown() }));
    },
  };
}

/** What people wrote is shown as it is, and makes no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+!<>|~-]/g, String.raw`\$&`);
}
