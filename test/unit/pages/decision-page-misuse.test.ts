import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { HOST, openDecisionPage } from './open-decision-page.ts';

describe('a post that did not come from the form', () => {
  const refused = [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that is no address', { origin: 'evil' }],
    ['a form of another type', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a script', { 'content-type': 'application/json' }],
  ] as const;

  it.each(refused)('of %s is refused before anything is looked up', async (_, headers) => {
    const { world, event, visit } = await openDecisionPage();
    const commits = world.store.commits;

    const { status, text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`, {
      form: { action: 'approve', comment: '' },
      headers,
    });

    expect(status).toBe(403);
    expect(text).toContain('This was not sent by the page');
    expect(world.store.commits).toBe(commits);
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  const accepted = [
    ['a browser that sends its origin', { origin: `https://${HOST}` }],
    ['a browser that sends no fetch metadata', {}],
    ['a type with its character set', { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }],
  ] as const;

  it.each(accepted)('is not what %s sends: that one counts', async (_, headers) => {
    const { world, visit } = await openDecisionPage();

    const { status } = await visit(`/d/${await world.linkOf('E-2001')}`, {
      form: { action: 'approve', comment: '' },
      headers,
    });

    expect(status).toBe(200);
  });

  it.each([
    ['a comment that is too long', { comment: '字'.repeat(1001) }],
    ['a body that is far too long', { comment: '', more: 'x'.repeat(20_000) }],
  ])('is refused for %s', async (_, fields) => {
    const { world, event, visit } = await openDecisionPage();

    const { status, text } = await visit(`/d/${await world.linkOf('E-2001')}?lang=en`, {
      form: { action: 'approve', ...fields },
    });

    expect(status).toBe(413);
    expect(text).toContain('The comment is too long');
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  it('takes the longest comment that the form takes', async () => {
    const { world, visit } = await openDecisionPage();

    const { status } = await visit(`/d/${await world.linkOf('E-2001')}`, {
      form: { action: 'approve', comment: '字'.repeat(1000) },
    });

    expect(status).toBe(200);
  });
});

describe('a link that nobody was sent', () => {
  it('says nothing about any process, however it is altered', async () => {
    const { world, visit } = await openDecisionPage();
    const secret = await world.linkOf('E-2001');
    const altered = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;

    const answers = await Promise.all(
      [altered, secret.slice(1), `${secret}A`, secret.toLowerCase(), '%00', 'x'.repeat(500)].map((link) =>
        visit(`/d/${link}?lang=en`),
      ),
    );

    for (const { status, text } of answers) {
      expect(status).toBe(404);
      expect(text).toContain('This link is not valid');
      expect(text).not.toContain('Chairs');
    }
  });

  it('is looked up twenty times a minute from one address, and then not even the right one', async () => {
    const { world, event, visit } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    const wrong = `/d/${'A'.repeat(43)}`;
    const statuses = [];
    for (let guess = 0; guess < 20; guess += 1) {
      statuses.push((await visit(wrong, { method: guess % 2 === 0 ? 'GET' : 'HEAD' })).status);
    }

    const blocked = await visit(path, { form: { action: 'approve', comment: '' } });

    expect(new Set(statuses)).toEqual(new Set([404]));
    expect(blocked.status).toBe(429);
    expect(blocked.headers.get('retry-after')).toBe('60');
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
    expect((await visit(path, { address: '198.51.100.9' })).status).toBe(200);
    await world.advance(1 / 60);
    expect((await visit(path)).status).toBe(200);
  });

  it('that is right and tried in vain again and again stops no other task behind the same address', async () => {
    const { world, event, visit, guesses } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    await world.submit(requisitionEvent({ requestId: 'PR-2' }));
    const statuses = [];
    for (let attempt = 0; attempt < 21; attempt += 1) {
      statuses.push((await visit(path, { form: { action: 'reject', comment: '' } })).status);
    }
    const other = await visit(`/d/${await world.linkOf('E-2001')}`, { form: { action: 'approve', comment: '' } });

    expect(statuses).toEqual([...Array(20).fill(422), 429]);
    expect(other.status).toBe(200);
    expect(guesses).toEqual(['too-many-guesses']);
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });

  it('is refused a thousand times a second, each time counted, while others decide', async () => {
    const { world, event, visit, guesses } = await openDecisionPage();
    const path = `/d/${await world.linkOf('E-2001')}`;
    const guess = (_: unknown, index: number) => visit(`/d/${String(index).padStart(43, 'A')}`);

    const [visits, decided] = await Promise.all([
      Promise.all(Array.from({ length: 1_000 }, guess)),
      visit(path, { address: '198.51.100.9', form: { action: 'approve', comment: '' } }),
    ]);

    expect(decided.status).toBe(200);
    expect(await world.entryTypes(event)).toContain('DecisionMade');
    expect(new Set(visits.map(({ status }) => status).filter((status) => status !== 404 && status !== 429))).toEqual(
      new Set(),
    );
    expect((await visit(path)).status).toBe(429);
    expect(guesses).toHaveLength(1_001);
    expect(guesses.filter((kind) => kind === 'unknown')).toHaveLength(
      visits.filter(({ status }) => status === 404).length,
    );
  });
});
