import { describe, expect, it } from 'vitest';
import { fieldIn } from '../../../local/identity/sign-in-browser.ts';
import { openDecisionPage } from './open-decision-page.ts';

/** 124,000 CNY: above what a link alone decides. */
const LARGE = {
  requisition: {
    supplierCode: 'SUP-002',
    lines: [{ productCode: 'P-2001', quantity: '20', unitPrice: '6200.00', amount: '124000.00' }],
    total: '124000.00',
  },
};
const APPROVE = { action: 'approve', comment: '' };

/** A large purchase, the path of its manager's link in English, and what the record says of decisions. */
async function largePurchase() {
  const opened = await openDecisionPage(LARGE, { hasSignIn: true });
  const { world, event, visit, signedIn } = opened;
  const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
  const recorded = async () =>
    (await world.record(event))
      .filter(({ type }) => type === 'DecisionMade' || type === 'DecisionRefused')
      .map(({ type, facts: { via, refusal, signedInAs } }) => ({ type, via, refusal, signedInAs }));
  /** The page as somebody sees who is signed in, with their token. */
  const seenBy = async (employeeId: string) => {
    const headers = await signedIn(employeeId);
    const page = await visit(path, { headers });
    return { headers, page };
  };
  return { ...opened, path, recorded, seenBy };
}

describe('above the amount that a link may decide', () => {
  it('the page offers no decision but the way to sign in and back, and writes nothing', async () => {
    const { world, visit, path } = await largePurchase();
    const commits = world.store.commits;

    const { text } = await visit(path);

    expect(text).toContain('Please sign in to decide this');
    expect(text).toContain(`href="/sign-in?to=${encodeURIComponent(path)}"`);
    expect(text).not.toContain('name="action"');
    expect(world.store.commits).toBe(commits);
  });

  it('a decision by the link alone is refused and recorded; the operators are not troubled', async () => {
    const { world, visit, path, recorded } = await largePurchase();

    const { status } = await visit(path, { form: APPROVE });
    await world.run();

    expect(status).toBe(403);
    expect(await recorded()).toEqual([{ type: 'DecisionRefused', via: 'link', refusal: 'sign-in-required' }]);
    expect(world.mails.filter(({ to }) => to === 'operators@meridian.example')).toEqual([]);
  });

  it('its person decides, signed in, and the process goes on', async () => {
    const { world, visit, path, recorded, seenBy } = await largePurchase();
    const { headers, page } = await seenBy('E-2001');

    const csrf = fieldIn({ html: page.text }, 'csrf');
    const { status, text } = await visit(path, { headers, form: { ...APPROVE, csrf } });
    await world.run();

    expect(status).toBe(200);
    expect(text).toContain('Approved');
    expect(await recorded()).toEqual([{ type: 'DecisionMade', via: 'signed-in' }]);
    expect(await world.linkOf('E-3001')).toMatch(/^[\w-]{43}$/);
  });

  it('somebody else who is signed in decides nothing, is named in the record, and can sign in as another', async () => {
    const { visit, path, recorded, seenBy } = await largePurchase();
    const { headers, page } = await seenBy('E-3001');
    expect(page.text).toContain('Somebody else is signed in');
    expect(page.text).toContain('again=1');
    expect(page.text).not.toContain('value="approve"');

    const csrf = fieldIn({ html: page.text }, 'csrf');
    const { status } = await visit(path, { headers, form: { ...APPROVE, csrf } });

    expect(status).toBe(403);
    expect(await recorded()).toEqual([
      { type: 'DecisionRefused', via: 'link', refusal: 'sign-in-as-approver', signedInAs: 'E-3001' },
    ]);
  });

  it.each([
    ['no token', {}],
    ['a token of nobody', { csrf: 'x'.repeat(43) }],
  ])('a form with %s is not the session of its person', async (_, fields) => {
    const { visit, path, recorded, seenBy } = await largePurchase();
    const { headers } = await seenBy('E-2001');

    const { status } = await visit(path, { headers, form: { ...APPROVE, ...fields } });

    expect(status).toBe(403);
    expect(await recorded()).toEqual([{ type: 'DecisionRefused', via: 'link', refusal: 'sign-in-required' }]);
  });
});

describe('up to the amount that a link may decide', () => {
  it('the link is enough, whoever is signed in, and the record says how it was', async () => {
    const { world, event, visit, signedIn } = await openDecisionPage({}, { hasSignIn: true });
    const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
    const headers = await signedIn('E-3001');
    const csrf = fieldIn({ html: (await visit(path, { headers })).text }, 'csrf');

    const { status } = await visit(path, { headers, form: { ...APPROVE, csrf } });

    expect(status).toBe(200);
    const made = (await world.record(event)).find(({ type }) => type === 'DecisionMade');
    expect(made?.facts).toMatchObject({ employeeId: 'E-2001', via: 'link' });
  });
});

describe('where nobody can sign in', () => {
  it('a session counts for nothing, and no way to sign in is shown', async () => {
    const { world, visit, signedIn } = await openDecisionPage(LARGE);
    const headers = await signedIn('E-2001');

    const { text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`, { headers });

    expect(text).not.toContain('/sign-in');
    expect(text).not.toContain('name="action"');
  });
});
