/** One mail to one person, once for what it stands for: claimed before it is sent, so that rather none is sent than two. */
import type { Person } from '../directory/port.ts';
import type { MailModel } from '../mail/mail-model.ts';
import type { MailPort } from '../mail/port.ts';
import { renderHtml, renderText } from '../mail/render-mail.tsx';
import type { ProcessStore, WorkChange, WorkKey } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError, ConnectorPermanentError } from '../runtime/errors.ts';

export interface SendOnceDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly mail: MailPort;
  /** Told of whom no mail can be sent to: employee id and reason. */
  readonly onFailure: (employeeId: string, reason: string) => void;
}

/** What stands for the mail, and for how long it is remembered. */
export interface Claim {
  readonly key: WorkKey;
  readonly expiresAt: Date;
}

/**
 * `none`: it was sent before, or is being sent.
 * @throws ConnectorTransientError, ConfigError: it was not sent, and may be tried again
 */
export async function sendOnce(
  deps: SendOnceDeps,
  claim: Claim,
  { employeeId, email }: Person,
  model: MailModel,
  reference: string,
): Promise<'sent' | 'failed' | 'none'> {
  if (!(await claimed(deps, claim))) {
    return 'none';
  }
  try {
    await deps.mail.send({
      to: email,
      subject: model.subject,
      text: renderText(model),
      html: renderHtml(model),
      reference: reference.replaceAll(/[^\w-]/g, '_').slice(0, 256),
    });
    return 'sent';
  } catch (error) {
    if (error instanceof ConnectorPermanentError) {
      deps.onFailure(employeeId, error.message);
      return 'failed';
    }
    await commit(deps, { kind: 'remove', key: claim.key });
    throw error;
  }
}

/** False: somebody else was first. */
export async function claimed(
  deps: Pick<SendOnceDeps, 'store' | 'clock'>,
  { key, expiresAt }: Claim,
): Promise<boolean> {
  try {
    await commit(deps, { kind: 'create', key, value: { at: deps.clock.now().toISOString() }, expiresAt });
    return true;
  } catch (error) {
    if (error instanceof ConcurrencyError) {
      return false;
    }
    throw error;
  }
}

function commit({ store }: Pick<SendOnceDeps, 'store'>, change: WorkChange): Promise<void> {
  return store.commit({ entries: [], personal: [], changes: [change] });
}
