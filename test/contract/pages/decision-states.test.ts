/**
 * The decision page of whoever cannot decide now, in every state that says so, judged by axe.
 * @module-tag long
 */
import { expect, it } from 'vitest';
import { MESSAGES } from '../../../functions/approvals/decision-page-words.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { Refusal } from '../../../functions/approvals/domain/approval-events.ts';
import { REFUSALS, SIGN_IN_FIRST } from '../../../functions/approvals/refusal-words.ts';
import type { Text } from '../../../functions/pages/language.ts';
import { LOCALES, lookAtOurs, NOTHING_FOUND } from '../../support/axe.ts';
import { claimedByOneOf } from '../../support/chosen-approvers.ts';
import { useBrowser } from '../../support/e2e-phone.ts';
import { openPages } from '../../support/open-pages.ts';
import { openDecisionPage } from '../../unit/pages/open-decision-page.ts';

const MANAGER = 'E-2001';
const OTHER = 'E-2002';
const COLLEAGUE = 'E-4005';
/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};
const CLAIMED = { policies: claimedByOneOf([MANAGER, OTHER]) };
const approve: Wish = { kind: 'decide', action: 'approve', comment: '' };

type Opened = Awaited<ReturnType<typeof openDecisionPage>>;

interface State {
  readonly shown: Refusal | 'sign-in-first' | 'link-too-old';
  readonly changes?: Parameters<typeof openDecisionPage>[0];
  readonly options?: Parameters<typeof openDecisionPage>[1];
  /** What happens after the link was mailed. */
  readonly meanwhile?: (opened: Opened) => Promise<unknown>;
  /** Whose link is opened, and who is signed in then; employee ids. */
  readonly by?: string;
  readonly signedInAs?: string;
}

const STATES: readonly State[] = [
  { shown: 'claim-first', options: CLAIMED },
  {
    shown: 'taken-by-another',
    options: CLAIMED,
    by: OTHER,
    meanwhile: ({ world }) => world.act(MANAGER, { kind: 'claim', comment: '' }),
  },
  { shown: 'sign-in-first', changes: LARGE, options: { hasSignIn: true } },
  { shown: 'sign-in-required', changes: LARGE },
  { shown: 'sign-in-as-approver', changes: LARGE, options: { hasSignIn: true }, signedInAs: 'E-1002' },
  {
    shown: 'with-delegate',
    meanwhile: ({ world }) => world.act(MANAGER, { kind: 'delegate', to: COLLEAGUE, comment: 'does it fit?' }),
  },
  {
    shown: 'not-your-turn',
    meanwhile: ({ world }) => world.act(MANAGER, { kind: 'add-signer', to: COLLEAGUE, where: 'before', comment: '' }),
  },
  { shown: 'already-decided', meanwhile: ({ world }) => world.act(MANAGER, approve) },
  {
    shown: 'not-your-task',
    meanwhile: ({ world }) => world.act(MANAGER, { kind: 'transfer', to: COLLEAGUE, comment: '' }),
  },
  { shown: 'returned', meanwhile: ({ world }) => world.returnIt(MANAGER) },
  {
    shown: 'stale-version',
    meanwhile: async ({ world, event }) => {
      await world.returnIt(MANAGER);
      expect(await world.resubmit(event)).toBe('taken');
    },
  },
  { shown: 'withdrawn', meanwhile: ({ world, event }) => world.withdraw(event) },
  { shown: 'expired', meanwhile: ({ world }) => world.advance(24 * 8) },
  { shown: 'link-too-old', meanwhile: ({ world }) => world.advance(24 * 30) },
];

const browser = useBrowser();

it.each(STATES.flatMap((state) => LOCALES.map((locale) => [state.shown, locale, state] as const)))(
  'axe finds nothing where the page says %s, in %s',
  async (shown, locale, { changes, options, meanwhile, by = MANAGER, signedInAs }) => {
    const opened = await openDecisionPage(changes, options);
    const path = `/d/${await opened.world.linkOf(by)}`;
    await meanwhile?.(opened);
    const headers = signedInAs === undefined ? {} : await opened.signedIn(signedInAs);
    const ask = async (request: Request) => {
      const { pathname, search } = new URL(request.url);
      const { status, text, headers: answered } = await opened.visit(`${pathname}${search}`, { headers });
      return new Response(text, { status, headers: answered });
    };
    const page = await openPages(browser(), ask, { locale });

    expect(await lookAtOurs(page, path, locale, titleOf(shown))).toEqual(NOTHING_FOUND);

    expect(await page.locator('[name=action]').count()).toBe(0);
    await page.context().close();
  },
);

function titleOf(shown: State['shown']): Text {
  switch (shown) {
    case 'sign-in-first':
      return SIGN_IN_FIRST.title;
    case 'link-too-old':
      return MESSAGES.hidden.title;
    default:
      return REFUSALS[shown].title;
  }
}
