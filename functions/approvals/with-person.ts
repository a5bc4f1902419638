/** Whom somebody means who gives a task away. */
import type { Directory } from '../directory/port.ts';
import type { Wish } from './domain/approval-commands.ts';

/** People are named as the one who writes knows them; whoever cannot be told for certain stays a text, and is refused. */
export async function withPerson(directory: Directory, wish: Wish): Promise<Wish> {
  if (!('to' in wish)) {
    return wish;
  }
  const [person, ...others] = await directory.find(wish.to);
  return person === undefined || others.length > 0 ? wish : { ...wish, to: person.employeeId };
}
