/** The mail about what came back leads its requester to the form that changes it, where there is one. */
import { describe, expect, it } from 'vitest';
import { newsMail } from '../../../functions/mail/news-mail.ts';
import { renderText } from '../../../functions/mail/render-mail.tsx';
import { ChangeWorld, changeEvent, DEPARTMENTS } from '../../support/change-world.ts';
import { claimEvent } from '../../support/expense-company.ts';
import { ExpenseWorld } from '../../support/expense-world.ts';
import { LeaveWorld, leaveEvent } from '../../support/leave-world.ts';
import { OfficeWorld, officeEvent } from '../../support/office-world.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver } from '../worklist/open-my-pages.ts';

const REQUESTER = 'E-1001';
const MANAGER = 'E-2001';
const ADDRESS = 'li.na@meridian.example';
const FORM = /https:\/\/[^\s]+(\/me\/requests\?resubmit=([\w-]+))/;

const reader = { timeZone: 'Asia/Shanghai', pagesUrl: 'https://pages.example', hasSignIn: true } as const;
const en = { ...reader, language: 'en' } as const;
const zh = { ...reader, language: 'zh-CN' } as const;

const RETURNED = {
  requisition: async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent());
    await world.returnIt(MANAGER);
    return world;
  },
  'requisition that was sent again with a mistake': async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.returnIt(MANAGER);
    await world.resubmit(event, { changes: { costCentre: 'CC-999' } });
    return world;
  },
  claim: async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ claim: { total: '181.00' } }));
    return world;
  },
  leave: async () => {
    const world = new LeaveWorld();
    await world.submit(leaveEvent());
    await world.returnIt(MANAGER);
    return world;
  },
  'engineering change': async () => {
    const world = new ChangeWorld();
    await world.submit(changeEvent({ employeeId: REQUESTER }));
    await world.returnIt(DEPARTMENTS[0]);
    return world;
  },
  'office request': async () => {
    const world = new OfficeWorld();
    await world.submit(officeEvent({ fields: { copies: 0 } }));
    return world;
  },
} as const;

describe('the mail that something came back', () => {
  it.each(Object.entries(RETURNED))('leads to the form of the %s, which asks for sign-in', async (_kind, returned) => {
    const world = await returned();
    const mail = world.mails.findLast(({ to }) => to === ADDRESS);
    const [, path = ''] = FORM.exec(mail?.text ?? '') ?? [];

    const signedIn = await (await pagesOver(world).signIn(REQUESTER)).get(path);
    const colleague = await (await pagesOver(world).signIn('E-1002')).get(path);

    expect(mail?.html).toContain(path);
    expect(mail?.text).not.toMatch(/\/d\//);
    expect(signedIn.text).toMatch(/name="resubmit" value="/);
    expect(colleague.status).toBe(404);
  });

  it('has no button for an office request of a form that the company does not have', async () => {
    const world = new OfficeWorld();
    await world.submit(officeEvent({ request: { form: 'nonsense' } }));

    const mail = world.mails.findLast(({ to }) => to === ADDRESS);

    expect(mail?.text).toContain('请在 OA 中修改');
    expect(mail?.text).not.toMatch(FORM);
  });

  it.each(['rework-requested', 'rework-refused'] as const)(
    'says in both languages where it is changed (%s)',
    (template) => {
      const facts = { title: 'Chairs', noun: 'requisition', reason: 'No price', deadline: '', process: 'P2P-1' };
      const without = { ...en, hasSignIn: false };

      expect(newsMail(template, facts, en).button).toEqual({
        label: 'Change it and send it again',
        url: 'https://pages.example/me/requests?resubmit=P2P-1',
      });
      expect(renderText(newsMail(template, facts, en))).toContain('on its page, for which you sign in, or in the OA');
      expect(newsMail(template, facts, zh).button?.label).toBe('修改并重新提交');
      expect(renderText(newsMail(template, facts, zh))).toContain('登录后在页面上或在 OA 中');
      expect(newsMail(template, facts, without).button).toBeUndefined();
      const english = renderText(newsMail(template, facts, without));
      expect(english).toContain('in the OA');
      expect(english).not.toContain('on its page');
      const chinese = renderText(newsMail(template, facts, { ...zh, hasSignIn: false }));
      expect(chinese).toContain('在 OA 中');
      expect(chinese).not.toContain('登录后');
    },
  );
});
