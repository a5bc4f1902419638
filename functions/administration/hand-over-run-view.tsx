/** How far a hand-over of many approvals has come. */
import type { HandOverRun } from '../approvals/hand-over-run.ts';
import { say } from '../pages/language.ts';
import { Notice } from '../pages/layout.tsx';
import { framed, type PageProps, refusalText } from './hand-over-views.tsx';
import { handOverPath } from './paths.ts';
import { LABELS } from './words.ts';

/** It is shown as done only when every approval has moved or has its reason. */
export function runPage(props: PageProps, to: string, run: HandOverRun) {
  const { language, from } = props;
  const { total, next, moved, refused, gone, failures, doneAt } = run;
  const heading = say(
    { en: `${moved} of ${total} moved to ${to}`, zh: `已将 ${total} 项中的 ${moved} 项移交给${to}` },
    language,
  );
  const isAll = doneAt !== undefined && moved === total;
  return framed(
    props,
    <>
      {doneAt === undefined ? (
        <p>
          <a class="button" href={`${handOverPath(from.employeeId)}?run=${run.runId}`}>
            {say(LABELS.lookAgain, language)}
          </a>
        </p>
      ) : null}
      {refused === 0 ? null : (
        <>
          <h2>
            {say(LABELS.cannotMove, language)} ({refused})
          </h2>
          <ul class="steps">
            {failures.map(({ processId, reason }) => (
              <li>
                {processId}
                <p class="wrong">{refusalText(reason, language)}</p>
              </li>
            ))}
          </ul>
          {refused > failures.length ? <p>{say(LABELS.moreInRecords, language)}</p> : null}
        </>
      )}
    </>,
    <Notice tone={isAll ? 'good' : 'wait'} title={heading}>
      {doneAt === undefined
        ? say(
            {
              en: `${total - next} are still to be looked at. It goes on by itself.`,
              zh: `尚有 ${total - next} 项待处理，系统将自动继续。`,
            },
            language,
          )
        : gone === 0
          ? say(LABELS.recorded, language)
          : `${say(LABELS.goneMeanwhile, language)}: ${gone}`}
    </Notice>,
  );
}
