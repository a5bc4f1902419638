/** The decision is committed, and then whatever resumes the machine fails or is killed: it goes on all the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDecisionPage } from '../../functions/approvals/decision-page.tsx';
import type { ProcessResumer } from '../../functions/process/resumer.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { COMPANY, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const HOUR = 1;

/** What becomes of one attempt to resume. */
type Attempt =
  /** Step Functions refuses, or whoever resumes is killed before they ask. */
  | 'fails'
  /** The machine goes on, but nobody learns of it. */
  | 'answer-lost'
  /** The machine goes on, and whoever resumed it is killed before the outbox is cleared. */
  | 'killed-after';

/** Its resumptions fail as planned, then they work. */
class FailingWorld extends PurchaseWorld {
  planned: Attempt[] = [];
  attempts = 0;

  protected override resumer(): ProcessResumer {
    const working = super.resumer();
    return {
      resume: async (token, output) => {
        this.attempts += 1;
        const attempt = this.planned.shift();
        if (attempt === 'fails') {
          throw new ConnectorTransientError('Step Functions is throttled');
        }
        const result = await working.resume(token, output);
        if (attempt === 'answer-lost') {
          throw new ConnectorTransientError('the answer was lost');
        }
        if (attempt === 'killed-after') {
          const next = this.store.commits + 1;
          this.store.commitFault = (commit) => (commit === next ? 'before' : undefined);
        }
        return result;
      },
    };
  }

  page() {
    return createDecisionPage({ ...this.decisionDeps(), timeZone: COMPANY.timeZone });
  }
}

const request = { sourceIp: '192.0.2.1' };
const attempts = fc.array(fc.constantFrom<Attempt>('fails', 'answer-lost', 'killed-after'), {
  maxLength: 12,
});

async function approved(planned: readonly Attempt[]) {
  const world = new FailingWorld();
  await world.submit(event);
  const path = `/d/${await world.linkOf('E-2001')}?lang=en`;
  world.planned = [...planned];
  const form = new URLSearchParams({ action: 'approve', comment: 'Fine' });
  const answer = await (await world.page().request(path, { method: 'POST', body: form }, request)).text();
  await world.run();
  return { world, path, answer };
}

describe('a decision whose resumption fails', () => {
  it('however often and however, moves the machine once in the end, and the approver was told nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, async (planned) => {
        const { world, path, answer } = await approved(planned);
        for (let hour = 0; hour < 24 && world.planned.length > 0; hour += 1) {
          await world.advance(HOUR);
          await world.sweep();
        }
        await world.advance(HOUR);
        await world.sweep();

        expect(answer).toContain('The next approver is asked next.');
        expect(world.planned).toEqual([]);
        const opened = (await world.record(event)).filter(({ type }) => type === 'LevelOpened');
        expect(opened.map(({ facts }) => facts.level)).toEqual([0, 1]);
        expect(await world.linkOf('E-3001')).toMatch(/^[\w-]{43}$/);
        expect(world.store.effects().filter(({ effect }) => effect.kind === 'resume')).toEqual([]);
        expect(await (await world.page().request(path, {}, request)).text()).toContain('This is decided already');
        expect(await world.damages(event)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('is shown as decided while the machine still stands, and is not decided again by another click', async () => {
    const { world, path } = await approved(Array.from({ length: 40 }, () => 'fails'));

    const shown = await (await world.page().request(path, {}, request)).text();
    const again = await world
      .page()
      .request(path, { method: 'POST', body: new URLSearchParams({ action: 'reject', comment: 'No' }) }, request);

    expect(world.attempts).toBeGreaterThan(0);
    await expect(world.linkOf('E-3001')).rejects.toThrow('no link was mailed');
    expect(shown).toContain('This is decided already');
    expect(shown).toContain('Approved');
    expect(shown).not.toContain('name="action"');
    expect(again.status).toBe(409);
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toHaveLength(1);
    // Nobody has to find out by themselves: after some attempts the operators are told, too.
    for (let hour = 0; hour < 8; hour += 1) {
      await world.advance(HOUR);
      await world.sweep();
    }
    expect(await world.entryTypes(event)).toContain('EffectStuck');
  });
});
