/** What Meridian answered the OA about a request. */
import { say } from '../../../functions/pages/language.ts';
import { oaStatusText } from '../../../functions/pages/words.ts';
import type { OaAnswer } from '../oa.ts';
import type { Visit } from './frame.tsx';

const GOOD = ['accepted', 'approved', 'ordered', 'received', 'matched', 'payment-requested', 'paid'];

/** All of them, with what their senders signed. */
export function Answers({ visit, answers }: { readonly visit: Visit; readonly answers: readonly OaAnswer[] }) {
  const { t } = visit;
  return (
    <section class="card" aria-labelledby="answers">
      <h2 id="answers">{t('Answers that the OA got back', 'OA 收到的回复')}</h2>
      {answers.length === 0 ? (
        <p class="empty">{t('None yet. This page reloads by itself.', '暂无，本页会自动刷新。')}</p>
      ) : (
        <ol class="events">
          {answers.map((answer) => (
            <Answer visit={visit} answer={answer} />
          ))}
        </ol>
      )}
    </section>
  );
}

export function LatestStatus({ visit, answers }: { readonly visit: Visit; readonly answers: readonly OaAnswer[] }) {
  const latest = answers.at(-1);
  return latest === undefined ? (
    <span class="tag wait">{visit.t('Filed, no answer yet', '已提交，等待回复')}</span>
  ) : (
    <StatusTag visit={visit} answer={latest} />
  );
}

function StatusTag({ visit, answer }: { readonly visit: Visit; readonly answer: OaAnswer }) {
  return (
    <span class={GOOD.includes(answer.status) ? 'tag' : 'tag bad'}>
      {say(oaStatusText(answer.status), visit.language)}
    </span>
  );
}

/** Whether the last word was said. */
export function isFinished(answers: readonly OaAnswer[]): boolean {
  return answers.some(({ facts }) => facts.final === true);
}

function Answer({ visit, answer }: { readonly visit: Visit; readonly answer: OaAnswer }) {
  const { t, time } = visit;
  const record = answer.facts.recordUrl;
  return (
    <li class={GOOD.includes(answer.status) ? '' : 'bad'}>
      <p class="row">
        <StatusTag visit={visit} answer={answer} />
        <span class="meta">{time(answer.receivedAt)}</span>
      </p>
      <p class="what" lang="en">
        {answer.text.en}
      </p>
      <p lang="zh-CN">{answer.text.zh}</p>
      {typeof record === 'string' ? (
        <p>
          <a href={record}>{t('The approval record', '审批记录')}</a>
        </p>
      ) : null}
      <details>
        <summary>
          {t('Signature verified', '签名已验证')} · #{answer.sequence}
        </summary>
        <dl>
          <dt>messageId</dt>
          <dd>{answer.messageId}</dd>
          <dt>processId</dt>
          <dd>{answer.processId}</dd>
          <dt>facts</dt>
          <dd>{JSON.stringify(answer.facts, undefined, 1)}</dd>
        </dl>
      </details>
    </li>
  );
}
