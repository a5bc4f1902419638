/** What the stories of engineering changes are about, and who decides in them. */
import { decideByMail } from '../../approver.ts';
import type { Stage } from '../stage.ts';

/** The pressure transmitter: `BILLS` of the prepared company. */
export const PRODUCT = 'P-9001';
export const ENGINEER = 'E-1009';

/** Engineering, production, purchasing and quality. */
const DEPARTMENTS = ['E-3002', 'E-2006', 'E-4001', 'E-2005'] as const;

export async function everybodyDecides(stage: Stage, requestId: string): Promise<void> {
  for (const person of DEPARTMENTS) {
    await decideByMail(await stage.mailTo(person, requestId), 'approve');
  }
  stage.say('engineering, production, purchasing and quality said yes, each by their own link');
}
