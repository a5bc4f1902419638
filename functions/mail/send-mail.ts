/** Sends a mail that a process asked for: to whom, in which language and with which link is settled only now. */

import { readApproval } from '../approvals/approval-store.ts';
import type { ApprovalState, Copy, OpenLevel } from '../approvals/domain/approval-state.ts';
import { copyFor } from '../approvals/domain/part-of.ts';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { askedNow } from '../approvals/domain/seats.ts';
import { changesSince, earlierVersions } from '../approvals/earlier-versions.ts';
import { newCopyLink, newLink } from '../approvals/links.ts';
import { nameOf } from '../approvals/shown-attachments.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { type Language, say } from '../pages/language.ts';
import { copierText } from '../pages/words.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { MailRequest, ProcessChange } from '../process/domain/process.ts';
import { type EffectReference, finishEffect, readEffect } from '../process/finish-effect.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ConnectorPermanentError } from '../runtime/errors.ts';
import { type DecidedBefore, type DecisionTemplate, decisionMail } from './decision-mail.ts';
import type { MailModel } from './mail-model.ts';
import { newsMail } from './news-mail.ts';
import type { MailPort } from './port.ts';
import { renderHtml, renderText } from './render-mail.tsx';

export interface SendMailDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly mail: MailPort;
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** Whether people can sign in, and so have pages of their own. */
  readonly hasSignIn: boolean;
  readonly operatorsMail: string;
  /** What is written to the operators' mailbox is in this language. */
  readonly operatorsLanguage: Language;
  /** IANA zone in which instants are shown to those who have none of their own. */
  readonly timeZone: string;
}

interface Recipient {
  readonly employeeId: string;
  readonly address: string;
  readonly locale: Language;
  readonly timeZone: string;
}

/**
 * Sends at least once; a mail that is done already is left alone. What no repetition mends is recorded and told to the
 * operators, but for a mail to the operators themselves: that one stays, for the queue's dead letters to tell of.
 * @throws ConnectorTransientError, ConfigError: the effect stays, and the queue brings it again.
 */
export async function sendMail(deps: SendMailDeps, reference: EffectReference): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  const { effect } = item.value;
  if (effect.kind !== 'mail') {
    throw new Error(`effect ${reference.effectId} of ${reference.processId} is no mail`);
  }
  const { mail } = effect;
  try {
    await finishEffect(deps, reference, await deliver(deps, reference, mail));
  } catch (error) {
    if (!(error instanceof ConnectorPermanentError) || mail.to === OPERATORS) {
      throw error;
    }
    await finishEffect(deps, reference, failed(mail, error.message));
  }
}

/** What became of the mail, for the record. */
async function deliver(
  deps: SendMailDeps,
  reference: EffectReference,
  mail: MailRequest,
): Promise<ProcessChange<unknown>> {
  const task = await openTask(deps, reference.processId, mail);
  if (task === 'gone') {
    return { entries: [entryOf('MailSkipped', mail, { reason: 'there is nothing left to decide' })] };
  }
  const recipient = await recipientOf(deps, mail.to);
  const model =
    task === undefined
      ? await newsFor(deps, mail, recipient)
      : await requestFor(deps, reference.processId, mail, recipient, task);
  const { messageId } = await deps.mail.send({
    to: recipient.address,
    subject: model.subject,
    text: renderText(model),
    html: renderHtml(model),
    reference: `${reference.processId}-${reference.effectId}`,
  });
  const level = task === undefined ? {} : { level: task.level };
  return { entries: [entryOf('MailSent', mail, { ...level, messageId })] };
}

/** @throws ConnectorPermanentError when nobody active of that id can be written to. */
async function recipientOf(deps: SendMailDeps, to: string): Promise<Recipient> {
  if (to === OPERATORS) {
    return {
      employeeId: OPERATORS,
      address: deps.operatorsMail,
      locale: deps.operatorsLanguage,
      timeZone: deps.timeZone,
    };
  }
  const person = await deps.directory.person(to);
  if (person === undefined || !person.active) {
    throw new ConnectorPermanentError(`the directory has nobody active of id ${to}`);
  }
  const { email: address, locale, timeZone = deps.timeZone } = person;
  return { employeeId: to, address, locale, timeZone };
}

/** What a mail asks, or, of somebody who was copied, shows. */
interface OpenTask {
  readonly approval: ApprovalState;
  readonly level: number;
  readonly about: { readonly open: OpenLevel } | { readonly copy: Copy };
}

/** The level that the mail is about; `gone`: decided meanwhile, or now with others; undefined: it is about none. */
async function openTask(
  deps: SendMailDeps,
  processId: string,
  { template, approvalId, level, to }: MailRequest,
): Promise<OpenTask | 'gone' | undefined> {
  if (approvalId === undefined) {
    return undefined;
  }
  const approval = await readApproval(deps.store, processId, approvalId);
  if (approval === undefined) {
    return 'gone';
  }
  if (template === 'decision-copied') {
    const copy = copyFor(approval, to);
    return copy === undefined ? 'gone' : { approval, level: copy.level, about: { copy } };
  }
  const { open } = approval;
  const asked = askedNow(approval).find((one) => one.employeeId === to && (level === undefined || one.level === level));
  return open === undefined || asked === undefined ? 'gone' : { approval, level: asked.level, about: { open } };
}

/** Each mail has a link of its own; the ones before stay good as long as the level is open. Of a copy, it only shows. */
async function requestFor(
  deps: SendMailDeps,
  processId: string,
  mail: MailRequest,
  person: Recipient,
  { approval, level, about }: OpenTask,
): Promise<MailModel> {
  if (!isDecisionTemplate(mail.template)) {
    throw new Error(`a mail by template ${mail.template} carries no decision`);
  }
  const secret = deps.randomness.secret();
  const parts = { secret, processId, approval, person, now: deps.clock.now() };
  const link = 'copy' in about ? newCopyLink({ ...parts, ...about }) : newLink({ ...parts, ...about, level });
  await deps.store.commit({ entries: [], personal: [], changes: [link.change] });
  const costCentre = await deps.directory.costCentre(approval.plan.document.costCentre ?? '');
  const before = await earlierVersions(deps.store, processId, approval);
  return decisionMail({
    template: mail.template,
    approval,
    level,
    ...changesSince(approval, before),
    decided: await decidedBefore(deps.directory, approval),
    url: `${deps.pagesUrl}/d/${link.secret}`,
    language: person.locale,
    timeZone: person.timeZone,
    ...(costCentre === undefined ? {} : { costCentreName: costCentre.name }),
    ...('copy' in about
      ? { copiedBy: await copierOf(deps.directory, about.copy, person.locale) }
      : { deadline: about.open.deadline }),
  });
}

async function copierOf(directory: Directory, { by }: Copy, language: Language): Promise<string> {
  return say(copierText(by === undefined ? '' : await nameOf(directory, by)), language);
}

/** What was decided and counts still, with names. */
function decidedBefore(directory: Directory, { decisions }: ApprovalState): Promise<readonly DecidedBefore[]> {
  const counted = decisions.filter(({ voided }) => voided === undefined);
  return Promise.all(
    counted.map(async ({ level, employeeId, onBehalfOf, action, at }) => ({
      level,
      by: await nameOf(directory, employeeId),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf: await nameOf(directory, onBehalfOf) }),
      action,
      at,
    })),
  );
}

async function newsFor(
  { pagesUrl, directory, hasSignIn }: SendMailDeps,
  { template, facts }: MailRequest,
  { locale: language, timeZone }: Recipient,
): Promise<MailModel> {
  if (isDecisionTemplate(template)) {
    throw new Error(`a mail by template ${template} names no approval`);
  }
  return newsMail(template, await withNames(directory, facts, language), { language, timeZone, pagesUrl, hasSignIn });
}

/** Who has a task now is kept by id; names are those of the moment. */
async function withNames(
  directory: Directory,
  { nowWith, ...facts }: MailRequest['facts'],
  language: Language,
): Promise<MailRequest['facts']> {
  if (nowWith === undefined) {
    return facts;
  }
  const names = await Promise.all(nowWith.split(' ').map((id) => nameOf(directory, id)));
  return { ...facts, nowWith: names.join(language === 'en' ? ', ' : '、') };
}

function isDecisionTemplate(template: MailRequest['template']): template is DecisionTemplate {
  return template.startsWith('decision-');
}

function failed(mail: MailRequest, reason: string): ProcessChange<unknown> {
  const { to: recipient, template, facts } = mail;
  const problem = { en: `A mail could not be sent: ${reason}`, zh: `邮件未能发送：${reason}` };
  const about = { recipient, template, ...(facts.title === undefined ? {} : { title: facts.title }) };
  return { entries: [entryOf('MailFailed', mail, { reason })], effects: [operatorNotice(problem, about)] };
}

/** No address and no link: the employee's id says who was written to. */
function entryOf(type: string, mail: MailRequest, more: NewEntry['facts']): NewEntry {
  const { template, to, approvalId } = mail;
  return { type, actor: { kind: 'meridian', id: 'mail' }, facts: { template, to, approvalId, ...more } };
}
