/** An approved change that somebody overtook in the ERP: everybody whose word it had is told, once. */
import { describe, expect, it } from 'vitest';
import { orStale } from '../../../functions/engineering/prepare-version.ts';
import { newsMail } from '../../../functions/mail/news-mail.ts';
import { renderText } from '../../../functions/mail/render-mail.tsx';
import { BusinessRuleError } from '../../../functions/runtime/errors.ts';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';

const event = changeEvent();

async function approved() {
  const world = new ChangeWorld();
  await world.submit(event);
  await world.approve();
  const { processId } = await world.head(event);
  const overtaken = () =>
    orStale(world.decisionDeps(), processId, async () => {
      throw new BusinessRuleError('bom-changed', 'somebody was faster');
    });
  const newsToSend = () => world.store.effects().flatMap(({ effect }) => (effect.kind === 'mail' ? [effect.mail] : []));
  return { world, overtaken, newsToSend };
}

describe('a change that was overtaken in the ERP', () => {
  it('is told to everybody who decided about it, and once, however often it is found', async () => {
    const { world, overtaken, newsToSend } = await approved();

    expect([await overtaken(), await overtaken()]).toEqual(['stale', 'stale']);

    const news = newsToSend();
    expect(news.map(({ to }) => to)).toEqual(expect.arrayContaining([...DEPARTMENTS]));
    expect(new Set(news.map(({ to }) => to)).size).toBe(news.length);
    expect(news.map(({ to }) => to)).not.toContain(event.requester.employeeId);
    expect(news[0]).toMatchObject({
      template: 'process-news',
      facts: { outcome: 'stale', title: 'Shorter leads', noun: 'engineering change' },
    });
    expect((await world.entryTypes(event)).filter((type) => type === 'BomFoundChanged')).toHaveLength(1);
  });

  it('is told to nobody when the ERP fails for another reason', async () => {
    const { world, newsToSend } = await approved();
    const { processId } = await world.head(event);
    const failing = orStale(world.decisionDeps(), processId, async () => {
      throw new BusinessRuleError('unknown-product', 'there is none');
    });

    await expect(failing).rejects.toThrow('there is none');
    expect(newsToSend()).toEqual([]);
  });

  it('is said in the language of whoever reads it', () => {
    const facts = { outcome: 'stale', title: 'Shorter leads', noun: 'engineering change' };
    const reader = { timeZone: 'Asia/Shanghai', pagesUrl: 'https://pages.example', hasSignIn: true };

    const english = renderText(newsMail('process-news', facts, { ...reader, language: 'en' }));
    const chinese = renderText(newsMail('process-news', facts, { ...reader, language: 'zh-CN' }));

    expect(english).toContain('was changed in the ERP meanwhile, so the engineering change was not carried out');
    expect(chinese).toContain('工程变更未执行，未做任何更改');
  });
});
