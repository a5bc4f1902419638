/** What Odoo says about the company of the connector's user; it does not change while an execution environment lives. */
import * as z from 'zod';
import { ConfigError } from '../../../runtime/errors.ts';
import type { OdooSession } from './session.ts';
import { requiredReferenceField, textField } from './wire.ts';

export interface OdooCompany {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA time zone of the connector's user: of the days on which things happened. */
  readonly timeZone: string;
}

const contextShape = z.object({ uid: z.int(), tz: textField });
const userShape = z.object({ id: z.int(), company_id: requiredReferenceField, company_ids: z.array(z.int()) });
const companyShape = z.object({ id: z.int(), currency_id: requiredReferenceField });

/** @throws ConfigError when the user sees several companies, or has no time zone. */
export async function readCompany(odoo: OdooSession): Promise<OdooCompany> {
  const { uid, tz: timeZone } = await odoo.call('res.users', 'context_get', {}, contextShape);
  if (timeZone === '') {
    throw new ConfigError("the connector's user has no time zone in Odoo: give it the company's");
  }
  const [user] = await odoo.find('res.users', [['id', '=', uid]], userShape, ['company_id', 'company_ids']);
  if (user?.company_ids.length !== 1) {
    throw new ConfigError(
      `the connector's user sees ${user?.company_ids.length ?? 0} companies in Odoo: allow it the one that Meridian serves, and no other`,
    );
  }
  const [company] = await odoo.find('res.company', [['id', '=', user.company_id.id]], companyShape, ['currency_id']);
  if (company === undefined) {
    throw new ConfigError("the connector's user cannot see its company in Odoo");
  }
  return { currency: company.currency_id.name, timeZone };
}
