/** The org chart as it counts now: its version, what needs mending, who reports to whom, and which version counted when. */
import { entrySentence } from '../audit/entry-words.ts';
import { readFacts } from '../audit/fact-reader.ts';
import type { Absence } from '../directory/port.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { say } from '../pages/language.ts';
import type { PageContext } from '../pages/placed-page.tsx';
import { midSentence, scopeText } from '../pages/words.ts';
import type { Clock } from '../runtime/ambient.ts';
import {
  awayAmong,
  type CompanyDeps,
  type CompanyNow,
  companyNow,
  type LeaverTasks,
  leaversWithTasks,
} from './company-now.ts';
import { administrationPage, type Reader } from './frame.tsx';
import { type ChartNode, chartOf, type Finding, findingsIn, peopleOf } from './org-chart.ts';
import { PEOPLE_PATH, personPath } from './paths.ts';
import { LABELS } from './words.ts';

/** Changes of the directory that are shown. */
const MOST_CHANGES = 20;

/** What the parts of the page need to name things. */
interface Shown extends Reader {
  readonly nameOf: (employeeId: string) => string;
  readonly company: CompanyNow;
  readonly away: ReadonlyMap<string, readonly Absence[]>;
}

/** `?at=` shows the chart from one person downwards. */
export async function peoplePage(deps: CompanyDeps & { readonly clock: Clock }, context: PageContext, reader: Reader) {
  const company = await companyNow(deps);
  const { data } = company;
  const top = context.req.query('at');
  const chart = chartOf(data, top);
  const [leavers, away] = await Promise.all([
    leaversWithTasks(deps.store, data),
    awayAmong(deps.store, peopleOf(chart), deps.clock.now()),
  ]);
  const names = new Map(data.people.map(({ employeeId, name }) => [employeeId, name]));
  const shown: Shown = { ...reader, company, away, nameOf: (id) => names.get(id) ?? id };
  const { language } = reader;
  return administrationPage({
    context,
    title: say(LABELS.people, language),
    language,
    children: (
      <>
        <section class="card" aria-labelledby="title">
          <h1 id="title">{say(LABELS.people, language)}</h1>
          <p class="by">{versionSentence(shown)}</p>
          <Findings leavers={leavers} findings={findingsIn(data)} {...shown} />
        </section>
        <section class="card" aria-labelledby="chart">
          <h2 id="chart">{say(LABELS.chart, language)}</h2>
          {top === undefined ? null : (
            <p>
              <a href={PEOPLE_PATH}>{say(LABELS.wholeChart, language)}</a>
            </p>
          )}
          <div class="tree">
            <Branch nodes={chart} {...shown} />
          </div>
        </section>
        <History {...shown} />
      </>
    ),
  });
}

/** Which version, since when, and by whom. */
function versionSentence({ company: { version, changes, data }, language, timeZone }: Shown): string {
  const count = data.people.filter(({ active }) => active).length;
  const people = say({ en: `${count} people`, zh: `共 ${count} 人` }, language);
  const [change] = changes;
  if (change === undefined) {
    const file = say(LABELS.deployedFile, language);
    return say(
      { en: `Version ${version}, ${file}; ${people}`, zh: `第 ${version} 版（${file}），${people}` },
      language,
    );
  }
  const since = formatInstant(change.occurredAt, language, timeZone);
  const operator = String(change.facts.operator ?? '');
  return say(
    {
      en: `Version ${version}, in use since ${since}, put in use by ${operator}; ${people}`,
      zh: `第 ${version} 版，由 ${operator} 于 ${since} 启用，${people}`,
    },
    language,
  );
}

interface FindingsProps extends Shown {
  readonly leavers: readonly LeaverTasks[];
  readonly findings: readonly Finding[];
}

function Findings({ leavers, findings, ...shown }: FindingsProps) {
  const { language, nameOf } = shown;
  return leavers.length + findings.length === 0 ? null : (
    <>
      <h2>{say(LABELS.mend, language)}</h2>
      <ul class="findings">
        {leavers.map(({ employeeId, count, hasMore }) => (
          <li>
            <a href={personPath(employeeId)}>{nameOf(employeeId)}</a>{' '}
            {say(
              {
                en: `has left, with open tasks: ${count}${hasMore ? '+' : ''}`,
                zh: `已离职，仍有待办 ${count}${hasMore ? '+' : ''} 项`,
              },
              language,
            )}
          </li>
        ))}
        {findings.map((finding) => (
          <li>
            {'employeeId' in finding ? (
              <>
                <a href={personPath(finding.employeeId)}>{nameOf(finding.employeeId)}</a>{' '}
              </>
            ) : null}
            {findingText(finding, shown)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Said of the person, where the finding has one. */
function findingText(finding: Finding, { language, nameOf }: Shown): string {
  switch (finding.kind) {
    case 'manager-left':
      return say(
        {
          en: `has left, and is the manager of ${finding.reports}`,
          zh: `已离职，名下仍有 ${finding.reports} 名下属`,
        },
        language,
      );
    case 'substitute-left': {
      const name = nameOf(finding.substituteId);
      return say({ en: `has a substitute who has left: ${name}`, zh: `的默认代理人已离职：${name}` }, language);
    }
    case 'vacant-post':
      return say({ en: `Nobody holds the post ${finding.name}`, zh: `岗位空缺：${finding.name}` }, language);
    default:
      return say({ en: `${finding.name} has no head`, zh: `部门没有负责人：${finding.name}` }, language);
  }
}

function Branch({ nodes, ...shown }: Shown & { readonly nodes: readonly ChartNode[] }) {
  const { language } = shown;
  return (
    <ul>
      {nodes.map(({ person, reports, hidden }) => (
        <li>
          <a href={personPath(person.employeeId)}>{person.name}</a>
          {person.active ? null : <span class="tag bad">{say(LABELS.left, language)}</span>}
          <p class="by">{personSentence(person, shown)}</p>
          {(shown.away.get(person.employeeId) ?? []).map((absence) => (
            <p class="by">{awaySentence(absence, shown)}</p>
          ))}
          {reports.length === 0 ? null : <Branch nodes={reports} {...shown} />}
          {hidden === 0 ? null : (
            <p>
              <a href={`${PEOPLE_PATH}?at=${encodeURIComponent(person.employeeId)}`}>
                {say(
                  { en: `${hidden} who report to ${person.name}`, zh: `${person.name} 的 ${hidden} 名下属` },
                  language,
                )}
              </a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function personSentence({ departmentId, posts, approvalLimit }: ChartNode['person'], shown: Shown): string {
  const { language, currency, company } = shown;
  const department = company.data.departments.find((one) => one.departmentId === departmentId)?.name ?? departmentId;
  const names = posts.map((id) => company.data.posts.find(({ postId }) => postId === id)?.name ?? id);
  const limit =
    approvalLimit === undefined
      ? []
      : [`${say(LABELS.limit, language)} ${formatMoney(approvalLimit, currency, language)}`];
  return [department, ...names, ...limit].join(' · ');
}

function awaySentence({ until: end, substituteId, scope }: Absence, { language, timeZone, nameOf }: Shown): string {
  const until = formatInstant(end, language, timeZone);
  const substitute = nameOf(substituteId);
  if (scope === undefined) {
    return say(
      { en: `Away until ${until}; ${substitute} stands in`, zh: `缺勤至 ${until}，由${substitute}代理` },
      language,
    );
  }
  const { en, zh } = scopeText(scope);
  return say(
    {
      en: `Until ${until}; ${substitute} stands in for: ${midSentence(en)}`,
      zh: `至 ${until}，由${substitute}代理：${zh}`,
    },
    language,
  );
}

function History({ company: { changes }, language, timeZone, nameOf }: Shown) {
  return changes.length === 0 ? null : (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{say(LABELS.history, language)}</h2>
      <ul class="steps">
        {changes.slice(0, MOST_CHANGES).map(({ type, facts, occurredAt }) => (
          <li>
            {entrySentence(type, readFacts(facts, { language, timeZone, nameOf }))}
            <p class="by">{formatInstant(occurredAt, language, timeZone)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** For other pages that name absences. */
export function absenceSentence(absence: Absence, substitute: string, { language, timeZone }: Reader): string {
  const [from, until] = [absence.from, absence.until].map((at) => formatInstant(at, language, timeZone));
  const { en, zh } = scopeText(absence.scope ?? []);
  return say(
    {
      en: `${from} to ${until}: ${substitute} stands in (${midSentence(en)})`,
      zh: `${from} 至 ${until}：由${substitute}代理（${zh}）`,
    },
    language,
  );
}
