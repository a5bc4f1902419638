/** Which versions of the definitions have executions that run. */
import { formatInstant } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import type { Reader } from '../pages/reader.ts';
import { operationsPage } from './frame.tsx';
import type { Executions, MachineVersion } from './port.ts';
import { LABELS } from './words.ts';

export async function versionsPage(
  { executions }: { readonly executions: Executions },
  context: PageContext,
  reader: Reader,
) {
  const versions = await executions.versions();
  const { language } = reader;
  const title = say(LABELS.versions, language);
  return operationsPage({
    context,
    title,
    language,
    children: (
      <section class="card" aria-labelledby="title">
        <h1 id="title">{title}</h1>
        <ul class="steps">
          {versions.map((version) => (
            <li>
              <Version version={version} reader={reader} />
            </li>
          ))}
        </ul>
        <p class="foot">{say(LABELS.versionsFoot, language)}</p>
      </section>
    ),
  });
}

function Version({ version: one, reader }: { readonly version: MachineVersion; readonly reader: Reader }) {
  const { language, timeZone } = reader;
  const { machine, version, publishedAt, isCurrent, running, hasMore } = one;
  const number = version === 'unversioned' ? say(LABELS.unversioned, language) : `v${version}`;
  const isUnknown = hasMore && running.length === 0;
  const count = `${running.length}${hasMore ? '+' : ''} ${say(LABELS.running, language)}`;
  return (
    <>
      {machine} · {number} · {isUnknown ? say(LABELS.runningUnknown, language) : count}
      {isCurrent ? (
        <>
          {' '}
          <span class="tag">{say(LABELS.current, language)}</span>
        </>
      ) : null}
      {publishedAt === undefined ? null : (
        <p class="by">
          {say(LABELS.published, language)} {formatInstant(publishedAt, language, timeZone)}
        </p>
      )}
      {running.length === 0 ? null : (
        <ul>
          {running.map(({ executionId, startedAt }) => (
            <li class="by">
              {executionId} · {say(LABELS.since, language)} {formatInstant(startedAt, language, timeZone)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
