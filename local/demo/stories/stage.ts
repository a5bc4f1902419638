/** What the stories of approvals share: the company's people, what they do from outside, and what a record has to say. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type DirectoryData, parseDirectory } from '../../../functions/directory/directory-file.ts';
import { ROOT } from '../../cloud/paths.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';
import { newsTo, nextMail } from '../approver.ts';
import { type Filing, fileRequisition } from '../events.ts';
import type { Mail } from '../mailbox.ts';
import type { DemoOa, OaAnswer } from '../oa.ts';
import { newRequestId } from '../put-event.ts';
import { checkRecord, type StoredEntry } from '../record-check.ts';
import { waitFor } from '../wait-for.ts';

/** An entry that has to stand in a record: its type, and facts of it. */
export type Expected = readonly [type: string, facts?: Readonly<Record<string, unknown>>];

/** A record and what has to stand in it, in this order, other entries between. */
export interface ExpectedRecord {
  readonly processId: string;
  readonly expected: readonly Expected[];
}

/** People are named by their ids in `local/demo/directory.json`. */
export interface Stage {
  readonly cloud: LocalCloud;
  readonly busName: string;
  /** Files a requisition; its title ends with the number that is returned. */
  file(requesterId: string, filing: Filing): Promise<string>;
  /** The next mail with a link to somebody about a request. */
  mailTo(employeeId: string, about: string): Promise<Mail>;
  /** A mail that says something about a request. */
  newsTo(employeeId: string, about: string, words: string): Promise<Mail>;
  /** The OA was told so about a request. */
  answer(requestId: string, status: string): Promise<OaAnswer>;
  hasAnswer(requestId: string, status: string): boolean;
  /** Waits until everything expected stands in a record whose chain holds. */
  recorded(record: ExpectedRecord): Promise<readonly StoredEntry[]>;
  /** Tells whoever watches. */
  say(line: string): void;
}

/** A story, and the records that it leaves. */
export interface Story {
  readonly title: string;
  play(stage: Stage): Promise<readonly ExpectedRecord[]>;
}

/** @param say - told each step */
export async function createStage(cloud: LocalCloud, oa: DemoOa, say: (line: string) => void): Promise<Stage> {
  const { endpoint, outputs } = cloud;
  const { people } = await demoDirectory();
  const busName = output(outputs, 'EventBusName');
  const seen = new Set<string>();
  const mailOf = (employeeId: string): string => {
    const person = people.find((one) => one.employeeId === employeeId);
    demand(person !== undefined, `the company has nobody with the id ${employeeId}`);
    return person.email;
  };
  const find = (requestId: string, status: string) =>
    oa.answersTo(requestId).find((answer) => answer.status === status);
  return {
    cloud,
    busName,
    say,
    file: (requesterId, filing) => {
      const requestId = newRequestId();
      const title = `${filing.title} ${requestId}`;
      return fileRequisition(endpoint, busName, { requestId, requesterId, ...filing, title });
    },
    mailTo: (employeeId, about) => nextMail(endpoint, mailOf(employeeId), about, seen),
    newsTo: (employeeId, about, words) => newsTo(endpoint, mailOf(employeeId), about, words),
    answer: (requestId, status) =>
      waitFor(`the OA to be told "${status}" of ${requestId}`, () => find(requestId, status)),
    hasAnswer: (requestId, status) => find(requestId, status) !== undefined,
    recorded: ({ processId, expected }) =>
      waitFor(`${expected.map(([type]) => type).join(', ')} in the record ${processId}`, async () => {
        const { entries, damages } = await checkRecord(endpoint, output(outputs, 'RecordTableName'), processId);
        demand(damages.length === 0, `the record ${processId} does not hold: ${damages.join('; ')}`);
        return standInOrder(entries, expected) ? entries : undefined;
      }),
  };
}

/** The company of the demonstration, as its file has it. */
export async function demoDirectory(): Promise<DirectoryData> {
  return parseDirectory(JSON.parse(await readFile(join(ROOT, 'local/demo/directory.json'), 'utf8')));
}

/** Whether all that is expected stands in the record in its order. */
export function standInOrder(entries: readonly StoredEntry[], expected: readonly Expected[]): boolean {
  let next = 0;
  for (const entry of entries) {
    const [type, facts = {}] = expected[next] ?? [];
    const isSo = Object.entries(facts).every(([name, value]) => isDeepStrictEqual(entry.facts[name], value));
    if (entry.type === type && isSo) next += 1;
  }
  return next >= expected.length;
}

/** @throws Error with the sentence when it is not so */
export function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise);
}
