/**
 * Bills that engineers propose in Tryton: a bill of its own whose name ends with the mark `[proposal YYYY-MM-DD]`, the day from
 * which on it shall count. Until the mark is there it is a draft and nobody's business; in the product's list of bills it is none.
 */
import * as z from 'zod';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { BillProposal } from '../engineering-port.ts';
import type { ErpChanges } from '../port.ts';
import { foundFact, newFacts } from '../seen-facts.ts';
import { componentsOf, FIELDS, inOwnUnit, inputShape, LINK } from './bills.ts';
import type { Domain, TrytonSession } from './session.ts';
import { flagField, instant, instantField } from './wire.ts';

const BOM = 'production.bom';
const MARKED: Domain = [['name', 'like', '%[proposal %]']];
const MARK = /^(?<title>.*?)\s*\[proposal (?<effectiveOn>\d{4}-\d{2}-\d{2})\]$/u;

const modifiedShape = z.object({ id: z.int(), name: z.string(), last_modified_at: instantField });
const employeeShape = z.object({ 'party.': z.object({ code: z.string().nullable() }) });
const writerShape = z.object({ 'employee.': employeeShape.nullable() }).nullable();
const bomShape = z.object({
  id: z.int(),
  name: z.string(),
  active: flagField,
  'create_uid.': writerShape,
  'write_uid.': writerShape,
});

/** Marked since a watermark, or altered since; the same may come again. */
export async function proposalsSince(
  tryton: TrytonSession,
  now: Date,
  watermark: string | undefined,
): Promise<ErpChanges> {
  return newFacts({
    system: 'Tryton',
    now: (await tryton.serverTime()) ?? now,
    watermark,
    read: async (since) => {
      const rows = await tryton.find(BOM, [...MARKED, ['last_modified_at', '>=', instant(since)]], modifiedShape, [
        'name',
        'last_modified_at',
      ]);
      return rows
        .filter(({ name }) => MARK.test(name))
        .map((row) => foundFact(row.last_modified_at, { type: 'BillOfMaterialsProposed', proposalId: String(row.id) }));
    },
  });
}

export async function readProposal(tryton: TrytonSession, proposalId: string): Promise<BillProposal | undefined> {
  const id = /^\d{1,15}$/.test(proposalId) ? Number(proposalId) : 0;
  const [bom] = await tryton.find(BOM, [['id', '=', id], ...MARKED], bomShape, [
    'name',
    'active',
    'create_uid.employee.party.code',
    'write_uid.employee.party.code',
  ]);
  const mark = MARK.exec(bom?.name ?? '')?.groups;
  const links = await tryton.find(LINK, [['bom', '=', id]], z.object({ id: z.int() }), ['id']);
  if (bom?.active !== true || mark === undefined || links.length > 0) {
    return undefined;
  }
  const outputs = await tryton.find('production.bom.output', [['bom', '=', id]], inputShape, FIELDS);
  const [output] = outputs;
  const productCode = output?.['product.']?.code ?? '';
  if (output === undefined || outputs.length > 1 || productCode === '') {
    throw new ConnectorPermanentError(`proposal ${proposalId} does not make one product that has a code`);
  }
  const proposedBy = (bom['write_uid.'] ?? bom['create_uid.'])?.['employee.']?.['party.'].code ?? '';
  return {
    proposalId,
    title: mark.title ?? '',
    productCode,
    outputQuantity: inOwnUnit(output),
    components: await componentsOf(tryton, productCode, id),
    effectiveOn: mark.effectiveOn ?? '',
    ...(proposedBy === '' ? {} : { proposedBy }),
  };
}
