/**
 * What no graph can say, as HTML for a CloudWatch dashboard: which processes wait longest and where, which nodes are slow, who
 * has most to do. Everything that people wrote is escaped; there is no script and no style sheet.
 * Source of the protocol: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard.html
 */
import * as z from 'zod';
import type { Directory } from '../directory/port.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { chosenLanguage, type Language, say, type Text } from '../pages/language.ts';
import { phaseText } from '../pages/words.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { MEASURED_KIND_NAMES, measuredKind } from './domain/kinds.ts';
import { countedBy } from './domain/standing.ts';
import { weekOf, weeksBefore } from './domain/tally.ts';
import { hoursText, kindText, placeText, WORDS } from './measure-words.ts';
import { readStanding } from './publish-figures.ts';
import { heaviestLoads, longestWaiting, readTallies, slowestNodes } from './read-figures.ts';
import { WIDGET_NAMES, type WidgetName } from './widget-names.ts';

export interface DashboardWidgetDeps {
  readonly store: ProcessStore;
  readonly directory: Pick<Directory, 'person' | 'headOf'>;
  readonly clock: Clock;
  readonly timeZone: string;
  /** Address of a process's record. */
  readonly recordUrl: (processId: string) => Promise<string>;
}

/** What CloudWatch sends: the widget's own parameters, and who looks. With `describe` it asks what the widget is. */
export const widgetEventSchema = z.looseObject({
  describe: z.boolean().optional(),
  widget: z.string().optional(),
  kind: z.string().optional(),
  widgetContext: z.looseObject({ locale: z.string().optional() }).optional(),
});
type WidgetEvent = z.infer<typeof widgetEventSchema>;

/** Rows of a table. */
const ROWS = 10;
/** Weeks before this one that the slowest nodes are of. */
const WEEKS = 4;
const HOUR = 3_600_000;

/** The HTML, or in Markdown what the widget is. Nothing is changed. */
export async function dashboardWidget(deps: DashboardWidgetDeps, event: WidgetEvent): Promise<string> {
  if (event.describe === true) {
    return DESCRIPTION;
  }
  const language = chosenLanguage(event.widgetContext?.locale) ?? 'en';
  const name = WIDGET_NAMES.find((one) => one === event.widget);
  const table = name === undefined ? undefined : await WIDGETS[name](deps, kindsOf(event), language);
  return (
    table === undefined || table.rows.length === 0 ? (
      <p>{say(name === undefined ? WORDS.unknown : WORDS.nothing, language)}</p>
    ) : (
      <TableOf {...table} language={language} />
    )
  ).toString();
}

const DESCRIPTION = `## Meridian
Shows one of these, as \`widget\`: ${WIDGET_NAMES.map((name) => `\`${name}\``).join(', ')}.
\`kind\` limits it to one process, such as \`procure-to-pay\`.
`;

function kindsOf({ kind }: WidgetEvent): readonly string[] {
  return kind === undefined || measuredKind(kind) === undefined ? MEASURED_KIND_NAMES : [kind];
}

interface Cell {
  readonly text: string;
  readonly href?: string;
}

interface Table {
  readonly heads: readonly Text[];
  readonly rows: readonly (readonly Cell[])[];
}

function TableOf({ heads, rows, language }: Table & { readonly language: Language }) {
  return (
    <table style="width:100%;text-align:left">
      <thead>
        <tr>
          {heads.map((head) => (
            <th>{say(head, language)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map(({ text, href }) => (
              <td>
                {href === undefined ? (
                  text
                ) : (
                  <a href={href} target="_blank" rel="noopener noreferrer">
                    {text}
                  </a>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Widget = (deps: DashboardWidgetDeps, kinds: readonly string[], language: Language) => Promise<Table>;

const WIDGETS: { readonly [name in WidgetName]: Widget } = {
  async 'longest-waiting'(deps, kinds, language) {
    const waiting = await longestWaiting(deps.store, ROWS, kinds);
    const now = deps.clock.now().getTime();
    const rows = waiting.map(async ({ processId, requestId, kind, standstill }) => {
      const { place, phase, since, asked } = standstill;
      const hours = Math.max(0, now - Date.parse(since)) / HOUR;
      return [
        { text: requestId === '' ? processId : requestId, href: await deps.recordUrl(processId) },
        ...texts(
          say(kindText(kind), language),
          say(placeText(place, phase), language),
          await namesOf(deps, asked, language),
          formatInstant(since, language, deps.timeZone),
          say(hoursText(hours), language),
        ),
      ];
    });
    const { request, process, place, asked, since, waited } = WORDS;
    return { heads: [request, process, place, asked, since, waited], rows: await Promise.all(rows) };
  },
  async 'slowest-nodes'({ store, clock, timeZone }, kinds, language) {
    const week = weekOf(clock.now(), timeZone);
    const weeks = Array.from({ length: WEEKS + 1 }, (_, index) => weeksBefore(week, index));
    const all = await Promise.all(
      kinds.map(async (kind) => slowestNodes(kind, await readTallies(store, kind, weeks), ROWS)),
    );
    const slowest = all
      .flat()
      .sort((one, other) => other.median - one.median)
      .slice(0, ROWS);
    const { process, place, median, most, working, times } = WORDS;
    return {
      heads: [process, place, median, most, working, times],
      rows: slowest.map((node) =>
        texts(
          say(kindText(node.kind), language),
          say(placeText(node.place), language),
          ...[node.median, node.most, node.meanWorking].map((hours) => say(hoursText(hours), language)),
          String(node.count),
        ),
      ),
    };
  },
  async 'approver-load'({ store, directory }, _kinds, _language) {
    const loads = await heaviestLoads(store, ROWS);
    const rows = loads.map(async ({ employeeId, open }) => {
      const person = await directory.person(employeeId);
      return texts(person?.name ?? employeeId, person?.departmentId ?? '', String(open));
    });
    return { heads: [WORDS.person, WORDS.department, WORDS.tasks], rows: await Promise.all(rows) };
  },
  async 'department-load'({ store, directory }, _kinds, _language) {
    const departments = Object.entries(await readStanding(store)).flatMap(([counter, decimal]) => {
      const counted = countedBy(counter);
      const open = Number(decimal);
      return counted?.what === 'tasks' && open > 0 ? [{ departmentId: counted.departmentId, open }] : [];
    });
    const most = departments.sort((one, other) => other.open - one.open).slice(0, ROWS);
    const rows = most.map(async ({ departmentId, open }) => {
      const head = departmentId === '' ? undefined : await directory.headOf(departmentId);
      return texts(departmentId, head?.name ?? '', String(open));
    });
    return { heads: [WORDS.department, WORDS.person, WORDS.tasks], rows: await Promise.all(rows) };
  },
  async 'money-in-flight'({ store }, kinds, language) {
    const rows = Object.entries(await readStanding(store)).flatMap(([counter, amount]) => {
      const counted = countedBy(counter);
      return counted?.what === 'money' && Number(amount) !== 0 && kinds.includes(counted.kind)
        ? [
            texts(
              say(kindText(counted.kind), language),
              say(phaseText(counted.phase), language),
              formatMoney(amount, counted.currency, language),
            ),
          ]
        : [];
    });
    return { heads: [WORDS.process, WORDS.phase, WORDS.amount], rows };
  },
};

function texts(...all: readonly string[]): readonly Cell[] {
  return all.map((text) => ({ text }));
}

async function namesOf(
  { directory }: Pick<DashboardWidgetDeps, 'directory'>,
  asked: readonly string[],
  language: Language,
): Promise<string> {
  const names = asked.map(async (id) =>
    id === 'operators' ? say(WORDS.operators, language) : ((await directory.person(id))?.name ?? id),
  );
  return (await Promise.all(names)).join(language === 'zh-CN' ? '、' : ', ');
}
