/**
 * The next version of a bill of materials in Tryton: a bill of its own, which nothing is made by until the product's list
 * names it. Its key stands at the end of its name; one that was taken back is not active any more.
 *
 * The list is written under Tryton's own optimistic lock, so that of two who replace a bill one is told. Somebody who
 * alters a component of the bill in force between our last look at it and that write (some milliseconds) is overtaken.
 */
import * as z from 'zod';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { BomVersion, BomVersionCommand, BomVersionState } from '../engineering-port.ts';
import { createOnce, furthest } from '../once.ts';
import type { CommandClaims } from '../port.ts';
import { LINK, readBill } from './bills.ts';
import type { TrytonSession } from './session.ts';
import { flagField, type Row } from './wire.ts';

const BOM = 'production.bom';
const STATES = ['discarded', 'prepared', 'in-force'] as const satisfies readonly BomVersionState[];

const bomShape = z.object({ id: z.int(), active: flagField });
const linkShape = z.object({ bom: z.int() });
const productShape = z.object({ id: z.int(), code: z.string(), default_uom: z.int() });

interface Kept {
  readonly id: number;
  readonly state: BomVersionState;
}

export async function findVersion(tryton: TrytonSession, key: string): Promise<BomVersion | undefined> {
  const kept = await findKept(tryton, key);
  return kept === undefined ? undefined : shown(key, kept);
}

export async function prepareVersion(
  tryton: TrytonSession,
  claims: CommandClaims,
  command: BomVersionCommand,
): Promise<BomVersion> {
  const kept = await createVersion(tryton, claims, command, async () => {
    await demandBasis(tryton, command);
    return versionValues(tryton, command);
  });
  await claims.complete(command.key, String(kept.id));
  return shown(command.key, kept);
}

export async function putIntoForce(tryton: TrytonSession, command: BomVersionCommand): Promise<BomVersion> {
  const { key } = command;
  const kept = await findKept(tryton, key);
  if (kept === undefined || kept.state === 'discarded') {
    throw new BusinessRuleError('bom-discarded', `bill ${key} is not there any more, or not active, in Tryton`);
  }
  if (kept.state === 'in-force') {
    return shown(key, kept);
  }
  const { link } = await demandBasis(tryton, command);
  await tryton.call(`model.${LINK}.write`, [[link.id], { bom: kept.id }], {
    _timestamp: { [`${LINK},${link.id}`]: link._timestamp },
  });
  return demandVersion(tryton, key);
}

export async function discardVersion(
  tryton: TrytonSession,
  claims: CommandClaims,
  command: BomVersionCommand,
): Promise<BomVersion> {
  const { key, productCode } = command;
  // What is not active cannot be created: it is there first, and nothing is made by it.
  const kept = await createVersion(tryton, claims, command, () => versionValues(tryton, command));
  if (kept.state === 'in-force') {
    throw new BusinessRuleError('bom-in-force', `${productCode} is made by ${key} in Tryton`);
  }
  if (kept.state === 'prepared') {
    await tryton.call(`model.${BOM}.write`, [[kept.id], { active: false }]);
  }
  await claims.complete(key, String(kept.id));
  return demandVersion(tryton, key);
}

function createVersion(
  tryton: TrytonSession,
  claims: CommandClaims,
  { key }: BomVersionCommand,
  prepare: () => Promise<Row>,
): Promise<Kept> {
  return createOnce<Kept>({
    claims,
    key,
    find: () => findKept(tryton, key),
    prepare,
    create: (values) => tryton.create(BOM, values),
    discard: (id) => tryton.delete(BOM, id),
  });
}

/** @throws BusinessRuleError `bom-changed` */
async function demandBasis(tryton: TrytonSession, { productCode, basedOn }: BomVersionCommand) {
  const found = await readBill(tryton, productCode);
  if (found === undefined || found.bill.version !== basedOn) {
    throw new BusinessRuleError('bom-changed', `the bill of ${productCode} in Tryton is not ${basedOn} any more`);
  }
  return found;
}

async function versionValues(tryton: TrytonSession, command: BomVersionCommand): Promise<Row> {
  const { key, productCode, outputQuantity, components, effectiveOn, description } = command;
  const codes = [productCode, ...components.map((component) => component.productCode)];
  const products = await tryton.find('product.product', [['code', 'in', codes]], productShape, ['code', 'default_uom']);
  const line = (code: string, quantity: string): Row => {
    const product = products.find((one) => one.code === code);
    if (product === undefined) {
      throw new BusinessRuleError('unknown-product', `Tryton has no product ${code}`);
    }
    return { product: product.id, quantity: Number(quantity), unit: product.default_uom };
  };
  return {
    name: `${productCode} ${effectiveOn}, ${description} [${key}]`,
    outputs: [['create', [line(productCode, outputQuantity)]]],
    inputs: [['create', components.map((component) => line(component.productCode, component.quantity))]],
  };
}

async function findKept(tryton: TrytonSession, key: string): Promise<Kept | undefined> {
  const found = await tryton.find(BOM, [['name', 'like', `%[${key}]`]], bomShape, ['active'], { active_test: false });
  if (found.length === 0) {
    return undefined;
  }
  const links = await tryton.find(LINK, [['bom', 'in', found.map(({ id }) => id)]], linkShape, ['bom']);
  const stateOf = ({ id, active }: z.infer<typeof bomShape>): BomVersionState => {
    if (links.some(({ bom }) => bom === id)) {
      return 'in-force';
    }
    return active ? 'prepared' : 'discarded';
  };
  return furthest(
    found.map((one) => ({ id: one.id, state: stateOf(one) })),
    STATES,
  );
}

async function demandVersion(tryton: TrytonSession, key: string): Promise<BomVersion> {
  const version = await findVersion(tryton, key);
  if (version === undefined) {
    throw new ConnectorPermanentError(`bill ${key} was deleted in Tryton while it was written`);
  }
  return version;
}

function shown(key: string, { id, state }: Kept): BomVersion {
  return { key, bomId: String(id), state };
}
