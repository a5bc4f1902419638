/** What a verification of books says to people. */
import type { Finding } from '../../../functions/evidence/domain/check-part.ts';
import type { VerifiedBooks } from './verify-books.ts';

export function bookReport(books: VerifiedBooks): readonly string[] {
  const { days, entries, processes, personal, keySha256, isKeyGiven, isFromBeginning, findings } = books;
  const [first, last] = [days[0], days.at(-1)];
  return [
    `books ${first} to ${last}: ${days.length}, with ${entries} entries of ${processes} records`,
    isFromBeginning
      ? 'they begin with the first book of the installation'
      : `what was before ${first} is not in them, and nothing is said about it`,
    `personal values: ${personal.checked} checked, ${personal.erased} erased since, ${personal.filesGone} files gone or left out`,
    ...laterErased(personal),
    isKeyGiven
      ? `signed with the given key, SHA-256 ${keySha256}`
      : `signed with the key that lies beside them, SHA-256 ${keySha256}: compare it with npm run audit -- public-key`,
    ...findings.map(lineOf),
    findings.length === 0
      ? 'the books are whole: no entry was changed, is missing, out of order or added'
      : `the books are DAMAGED: ${findings.length} findings`,
  ];
}

function laterErased({ erasedLater: { length } }: VerifiedBooks['personal']): readonly string[] {
  return length === 0
    ? []
    : [
        `of ${length} of those that were erased the record says so after these books: npm run audit -- compare proves it`,
      ];
}

function lineOf({ path, processId, sequence, problem }: Finding): string {
  const place = [path, processId, sequence === undefined ? undefined : `entry ${sequence}`];
  const known = place.filter((one) => one !== undefined).join(', ');
  return known === '' ? problem : `${known}: ${problem}`;
}
