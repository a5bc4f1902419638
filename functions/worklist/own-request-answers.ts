/** What a requester is answered on their pages when what they said about a request of theirs does not count. */
import type { Context } from 'hono';
import { MESSAGES } from '../approvals/decision-page-words.ts';
import { refuse } from '../approvals/no-page.ts';
import type { UrgeDeps } from '../approvals/urge-approval.ts';
import type { PageEnvironment } from '../pages/http-api.ts';
import type { Text } from '../pages/language.ts';
import { NOT_FOUND } from '../pages/message-page.tsx';
import { type Reader, requestsPage } from './my-requests-page.tsx';

/** `unknown`: there is no such request, or it is somebody else's, which looks the same; else why, in words. */
type NotDone = 'unknown' | 'too-many-attempts' | { readonly reason: Text };

/** @param title - says what was not done, above the reason and the list of their requests */
export async function answerNotDone(
  deps: UrgeDeps,
  context: Context<PageEnvironment>,
  reader: Reader,
  { title, result }: { readonly title: Text; readonly result: NotDone },
): Promise<Response> {
  switch (result) {
    case 'unknown':
      return refuse(context, NOT_FOUND, 404);
    case 'too-many-attempts':
      context.header('Retry-After', '60');
      return refuse(context, MESSAGES.tooManyGuesses, 429);
    default:
      return context.html(await requestsPage(deps, context, reader, { tone: 'wait', title, text: result.reason }), 409);
  }
}
