/** The decision page over a purchase that waits for its manager, asked as API Gateway asks it. */
import { createDecisionPage } from '../../../functions/approvals/decision-page.tsx';
import type { WorldOptions } from '../../support/process-world.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { sessionCookieOf } from '../../support/session-cookie.ts';

export const HOST = 'pages.meridian.example';

export interface Visit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the form; a POST without them has an empty body. */
  readonly form?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** A requisition that is filed, and the page that its approvers open. */
export async function openDecisionPage(
  changes: Parameters<typeof requisitionEvent>[0] = {},
  { hasSignIn = false, ...options }: WorldOptions & { readonly hasSignIn?: boolean } = {},
) {
  const world = new PurchaseWorld(options);
  const event = requisitionEvent(changes);
  await world.submit(event);
  const guesses: string[] = [];
  const page = createDecisionPage({
    ...world.decisionDeps(),
    hasSignIn,
    timeZone: 'Asia/Shanghai',
    onGuess: (guess) => guesses.push(guess),
  });

  const visit = async (path: string, { method = 'GET', headers = {}, form, address = '192.0.2.1' }: Visit = {}) => {
    const isPost = form !== undefined;
    const response = await page.request(
      `https://${HOST}${path}`,
      {
        method: isPost ? 'POST' : method,
        headers: { host: HOST, ...(isPost ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers },
        ...(isPost ? { body: new URLSearchParams(form).toString() } : {}),
      },
      { sourceIp: address },
    );
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  /** The headers of a browser in which somebody is signed in. */
  const signedIn = async (employeeId: string) => ({
    cookie: await sessionCookieOf(world.decisionDeps(), employeeId),
  });
  return { world, event, visit, signedIn, guesses };
}
