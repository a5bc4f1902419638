import { describe, expect, it } from 'vitest';
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import { readLink } from '../../../functions/approvals/links.ts';
import { openLevel } from '../../../functions/approvals/open-level.ts';
import { createWaitClock } from '../../../functions/calendar/wait-clock.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import type { Mail } from '../../../functions/mail/port.ts';
import { type SendMailDeps, sendMail } from '../../../functions/mail/send-mail.ts';
import { operatorNotice } from '../../../functions/process/domain/operator-notice.ts';
import type { Effect, MailRequest } from '../../../functions/process/domain/process.ts';
import { approvalKey } from '../../../functions/process/keys.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness, VirtualAlarms } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { level, plan } from '../approvals/approvals.ts';
import { newHead } from '../process/heads.ts';
import { linksIn } from './read-mail.ts';

const PROCESS = 'P2P-1';
const MANAGER = 'E-2001';
const ESCALATED = 'E-3001';
const NEWS: MailRequest = { to: 'E-1001', template: 'process-news', facts: { title: 'Paper', outcome: 'paid' } };

function noticeOf(...said: Parameters<typeof operatorNotice>): MailRequest {
  const effect = operatorNotice(...said);
  if (effect.kind !== 'mail') throw new Error('a notice is a mail');
  return effect.mail;
}

/** A process with mails to be sent, and a mail service that fails as told. */
async function postOffice(...mails: readonly MailRequest[]) {
  const store = new MemoryStore();
  const sent: Mail[] = [];
  const service: { failure?: Error } = {};
  const deps: SendMailDeps = {
    store,
    clock: new SettableClock(),
    randomness: seededRandomness(1),
    directory: createFileDirectory(directoryData),
    mail: {
      send: async (mail) => {
        if (service.failure !== undefined) {
          throw service.failure;
        }
        sent.push(mail);
        return { messageId: `ses-${sent.length}` };
      },
    },
    pagesUrl: 'https://pages.meridian.example',
    hasSignIn: true,
    operatorsMail: 'operators@meridian.example',
    operatorsLanguage: 'en',
    timeZone: 'Asia/Shanghai',
  };
  const effects = mails.map((mail): Effect => ({ kind: 'mail', mail }));
  await createProcess(deps, newHead(), { entries: [], effects }, []);
  /** The queue brings every mail that is still to be sent, once. */
  const deliver = async () => {
    for (const { processId, effectId } of store.effects()) {
      await sendMail(deps, { processId, effectId });
    }
  };
  return { store, deps, sent, service, deliver };
}

/** The same, with an order that its manager is asked about. */
async function askedManager() {
  const office = await postOffice();
  const { deps } = office;
  const levels = [level('Manager', [MANAGER], { escalateTo: ESCALATED })];
  const key = approvalKey(PROCESS, 'order-1');
  await updateProcess(deps, PROCESS, () => ({
    change: { entries: [] },
    also: [{ kind: 'create', key, value: newApproval(plan({ requesterId: 'E-1001', levels })) }],
    output: undefined,
  }));
  const input = { processId: PROCESS, approvalId: 'order-1', waitId: 'w-1', token: 't-1' };
  const waitClock = createWaitClock(undefined, deps.timeZone);
  await openLevel({ ...deps, alarms: new VirtualAlarms(), waitClock }, input);
  return office;
}

async function recordOf(store: MemoryStore) {
  return (await store.readRecord(PROCESS)).map(({ type, facts }) => ({ type, ...facts }));
}

describe('sending a mail', () => {
  it('records to whom it went by employee id, and neither address nor link', async () => {
    const { store, sent, deliver } = await askedManager();

    await deliver();

    expect(sent).toMatchObject([{ to: 'wang.qiang@meridian.example' }]);
    const entry = (await store.readRecord(PROCESS)).at(-1);
    expect(entry).toMatchObject({
      type: 'MailSent',
      facts: { to: MANAGER, template: 'decision-requested', approvalId: 'order-1', level: 0, messageId: 'ses-1' },
    });
    const secret = linksIn(sent[0]?.text ?? '')[0]?.split('/d/')[1] ?? 'none';
    const record = JSON.stringify([await store.readRecord(PROCESS), await store.readPersonal(PROCESS)]);
    expect(record).not.toContain(secret);
    expect(record).not.toContain('@');
  });

  it('keeps the secret of a link nowhere', async () => {
    const { store, sent, deliver } = await askedManager();
    const written: string[] = [];
    const commit = store.commit.bind(store);
    store.commit = (transaction) => {
      written.push(JSON.stringify(transaction));
      return commit(transaction);
    };

    await deliver();

    const secret = linksIn(sent[0]?.text ?? '')[0]?.split('/d/')[1];
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(written.length).toBeGreaterThan(1);
    expect(written.join()).not.toContain(secret);
  });

  it('names whoever has a task now as the directory does', async () => {
    const facts = { title: 'Paper', outcome: 'TaskHandedOver', nowWith: `${MANAGER} ${ESCALATED}` };
    const { deps, sent, deliver } = await postOffice({ to: 'E-1001', template: 'task-gone', facts });

    await deliver();

    const names = [MANAGER, ESCALATED].map(async (id) => (await deps.directory.person(id))?.name);
    expect(sent[0]?.text).toContain(`现由：${(await Promise.all(names)).join('、')}`);
  });

  it('names the mail for delivery events in characters that every provider takes', async () => {
    const { sent, deliver } = await postOffice(NEWS);

    await deliver();

    expect(sent[0]?.reference).toMatch(/^P2P-1-[A-Za-z0-9_-]{1,200}$/);
  });

  it('is done once, however often the queue brings it', async () => {
    const { store, deps, sent } = await postOffice(NEWS);
    const [effect] = store.effects();
    const reference = { processId: PROCESS, effectId: effect?.effectId ?? '' };

    await sendMail(deps, reference);
    await sendMail(deps, reference);

    expect(sent).toHaveLength(1);
    expect(await recordOf(store)).toMatchObject([{ type: 'MailSent' }]);
  });

  it.each([
    ['en', 'Meridian needs an operator: The OA is silent', 'Process'],
    ['zh-CN', '需要运维处理：OA 无响应', '流程编号'],
  ] as const)(
    'goes to the operators at their address, in the language of the company file (%s)',
    async (language, subject, label) => {
      const { to, template, facts } = noticeOf({ en: 'The OA is silent', zh: 'OA 无响应' }, { process: 'P2P-1' });
      const { deps, store, sent } = await postOffice({ to, template, facts });

      for (const { processId, effectId } of store.effects()) {
        await sendMail({ ...deps, operatorsLanguage: language }, { processId, effectId });
      }

      expect(sent).toMatchObject([{ to: 'operators@meridian.example', subject, text: expect.stringContaining(label) }]);
    },
  );
});

describe('a mail that asks for a decision', () => {
  it('is not sent when the level was closed meanwhile', async () => {
    const { store, deps, sent, deliver } = await askedManager();
    const item = await store.read<object>(approvalKey(PROCESS, 'order-1'));
    const { open: _open, ...closed } = { open: undefined, ...item?.value, status: 'closed', outcome: 'withdrawn' };
    await updateProcess(deps, PROCESS, () => ({
      change: { entries: [] },
      also: [{ kind: 'replace', key: approvalKey(PROCESS, 'order-1'), ifVersion: item?.version ?? 0, value: closed }],
      output: undefined,
    }));

    await deliver();

    expect(sent).toEqual([]);
    expect(await recordOf(store)).toMatchObject([{ type: 'LevelOpened' }, { type: 'MailSkipped', to: MANAGER }]);
    expect(store.effects()).toEqual([]);
  });

  it('is not sent to somebody whom the level is not for', async () => {
    const { store, deps, sent, deliver } = await askedManager();
    const mail: MailRequest = { to: ESCALATED, template: 'decision-escalated', approvalId: 'order-1', facts: {} };
    await updateProcess(deps, PROCESS, () => ({
      change: { entries: [], effects: [{ kind: 'mail', mail }] },
      output: undefined,
    }));

    await deliver();

    expect(sent.map(({ to }) => to)).toEqual(['wang.qiang@meridian.example']);
    expect(await recordOf(store)).toContainEqual(expect.objectContaining({ type: 'MailSkipped', to: ESCALATED }));
  });
});

describe('a mail that cannot be sent', () => {
  it.each([
    ['nobody of that id', { ...NEWS, to: 'E-9999' }, 'E-9999'],
    ['somebody who has left', { ...NEWS, to: 'E-1003' }, 'E-1003'],
  ])('for there is %s is recorded, and the operators are told', async (_, mail, to) => {
    const { store, sent, deliver } = await postOffice(mail);

    await deliver();
    expect(sent).toEqual([]);
    expect(await recordOf(store)).toMatchObject([{ type: 'MailFailed', to, template: 'process-news' }]);

    await deliver();
    expect(sent).toMatchObject([{ to: 'operators@meridian.example' }]);
    for (const fact of [`Recipient: ${to}`, 'Mail: process-news', 'title: Paper']) {
      expect(sent[0]?.text).toContain(fact);
    }
  });

  it('for the provider refuses it is recorded with the reason, and not tried again', async () => {
    const { store, service, sent, deliver } = await postOffice(NEWS);
    service.failure = new ConnectorPermanentError('SES refused the mail: MessageRejected');

    await deliver();
    delete service.failure;
    await deliver();
    await deliver();

    expect(sent.map(({ to }) => to)).toEqual(['operators@meridian.example']);
    expect(await recordOf(store)).toMatchObject([
      { type: 'MailFailed', reason: 'SES refused the mail: MessageRejected' },
      { type: 'MailSent', to: 'operators' },
    ]);
  });

  it.each([
    ['the provider is down', new ConnectorTransientError('down')],
    ['the sender is not set up', new ConfigError('SES does not send yet')],
  ])('for %s stays, and goes out later', async (_, failure) => {
    const { store, service, sent, deliver } = await postOffice(NEWS);
    service.failure = failure;

    await expect(deliver()).rejects.toBe(failure);
    expect(await recordOf(store)).toEqual([]);
    expect(store.effects()).toHaveLength(1);

    delete service.failure;
    await deliver();
    expect(sent).toHaveLength(1);
    expect(await recordOf(store)).toMatchObject([{ type: 'MailSent' }]);
  });

  it('to the operators themselves stays for the dead letters, and makes no further mail', async () => {
    const { store, service, deliver } = await postOffice({ to: 'operators', template: 'operator-notice', facts: {} });
    service.failure = new ConnectorPermanentError('refused');

    await expect(deliver()).rejects.toBe(service.failure);

    expect(await recordOf(store)).toEqual([]);
    expect(store.effects()).toHaveLength(1);
  });

  it('gets a new link when it is tried again, and the link of the mail that arrived all the same stays good', async () => {
    const { store, service, sent, deliver, deps } = await askedManager();
    const arrived: Mail[] = [];
    const send = deps.mail.send;
    // The provider took the first mail, and its answer was lost.
    deps.mail.send = async (mail) => {
      arrived.push(mail);
      return send(mail);
    };
    service.failure = new ConnectorTransientError('the answer was lost');
    await expect(deliver()).rejects.toBe(service.failure);
    delete service.failure;

    await deliver();

    expect(sent).toHaveLength(1);
    const secrets = arrived.flatMap(({ text }) => linksIn(text)).map((link) => link.split('/d/')[1] ?? '');
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) {
      expect((await readLink(store, secret))?.value).toMatchObject({ employeeId: MANAGER, level: 0 });
    }
  });
});
