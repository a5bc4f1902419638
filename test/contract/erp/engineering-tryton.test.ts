/** @module-tag long */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Component, EngineeringPort } from '../../../functions/connectors/erp/engineering-port.ts';
import { createTrytonEngineering } from '../../../functions/connectors/erp/tryton/tryton-engineering.ts';
import { idOf, TrytonClient } from '../../../local/tryton/rpc.ts';
import { type Cut, onceAt, startCuttingProxy } from './cutting-proxy.ts';
import { describeEngineering, type EngineeringRig, versionCommand } from './engineering-contract.ts';
import { fasterClock, insist } from './rig.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

/** How much faster the minute of a claim runs than the clock. */
const PACE = 10;

/** Code of the engineer's party: their employee id in the directory. */
const PROPOSER = 'E-1009';

/** A login of Tryton that belongs to an employee, and may write bills. */
async function hireEngineer({ server, admin }: TrytonRig): Promise<TrytonClient> {
  const login = { login: 'engineer', password: randomUUID() };
  const company = idOf(await admin.one('company.company', [], ['id']));
  const groups = ['Production', 'Production Administration'];
  const found = await admin.search('res.group', [['name', 'in', groups]]);
  const [known] = await admin.search('company.employee', [['party.code', '=', PROPOSER]]);
  const party = known === undefined ? await admin.create('party.party', { name: 'Engineer', code: PROPOSER }) : 0;
  const employee = known ?? (await admin.create('company.employee', { party, company }));
  await admin.create('res.user', {
    ...{ name: 'Engineer', ...login, company, employee },
    ...{ groups: [['add', found]], companies: [['add', [company]]], employees: [['add', [employee]]] },
  });
  return TrytonClient.login(server, login);
}

async function openEngineering(): Promise<
  EngineeringRig & { readonly tryton: TrytonRig; through(url: string): EngineeringPort }
> {
  const tryton = await openTrytonRig();
  const { server, admin } = tryton;
  const { login: user, password } = server.logins.connector;
  const claims = tryton.newClaims(fasterClock(PACE));
  let asEngineer: TrytonClient | undefined;
  const through = (url: string) =>
    createTrytonEngineering({
      credentials: async () => ({ url, database: server.database, user, password }),
      claims,
      clock: { now: () => new Date() },
    });
  return {
    tryton,
    through,
    engineering: through(server.url),
    another: () => through(server.url),
    typeIn: async (productCode, components) => {
      const link = await admin.one('product.product-production.bom', [['product.code', '=', productCode]], ['bom']);
      const inputs = await admin.searchRead('production.bom.input', [['bom', '=', link.bom]], ['product.code']);
      for (const input of inputs) {
        const { code } = input['product.'] as { readonly code: string };
        const quantity = components.find((one) => one.productCode === code)?.quantity;
        await admin.write('production.bom.input', [idOf(input)], { quantity: Number(quantity) });
      }
    },
    proposer: PROPOSER,
    propose: async ({ title, effectiveOn, components }) => {
      asEngineer ??= await hireEngineer(tryton);
      const line = async ({ productCode, quantity }: Component) => {
        const product = await admin.one('product.product', [['code', '=', productCode]], ['default_uom']);
        return { product: product.id, quantity: Number(quantity), unit: product.default_uom };
      };
      const id = await asEngineer.create('production.bom', {
        name: `${title} [proposal ${effectiveOn}]`,
        outputs: [['create', [await line({ productCode: 'P-9001', quantity: '1' })]]],
        inputs: [['create', await Promise.all(components.map(line))]],
      });
      return String(id);
    },
    takeBack: async (proposalId) => {
      await asEngineer?.write('production.bom', [Number(proposalId)], { name: 'Not yet' });
    },
    billsWith: async (key) =>
      (
        await admin.search('production.bom', [
          ['name', 'like', `%${key}%`],
          ['active', 'in', [true, false]],
        ])
      ).length,
    close: () => tryton.close(),
  };
}

describeEngineering('the bills of materials of Tryton', openEngineering);

describe('the bills of materials of Tryton behind a line that breaks', () => {
  let rig: Awaited<ReturnType<typeof openEngineering>>;
  beforeAll(async () => {
    rig = await openEngineering();
  });
  afterAll(async () => {
    await rig?.close();
  });
  const cutOnce = (method: string, cut: Cut) => startCuttingProxy(rig.tryton.server.port, onceAt(method, cut));

  it.each(['in-request', 'before-reply', 'in-reply', 'before-late-request'] as const)(
    'have one version when the request that prepares it is cut %s',
    async (cut) => {
      // Prepare
      const proxy = await cutOnce('model.production.bom.create', cut);
      const command = await versionCommand(rig.engineering, '0.4');

      // Act
      const version = await insist(() => rig.through(proxy.url).prepareBom(command), 300);

      // Assess
      expect(proxy.done).toHaveLength(1);
      expect(version.state).toBe('prepared');
      expect(await rig.billsWith(command.key)).toBe(1);
      await proxy.close();
    },
  );

  it.each(['in-request', 'before-reply', 'in-reply'] as const)(
    'come into force once when the request is cut %s',
    async (cut) => {
      // Prepare
      const proxy = await cutOnce('model.product.product-production.bom.write', cut);
      const command = await versionCommand(rig.engineering, '0.41');
      await insist(() => rig.engineering.prepareBom(command));

      // Act
      const version = await insist(() => rig.through(proxy.url).putIntoForce(command));

      // Assess
      expect(proxy.done).toHaveLength(1);
      expect(version.state).toBe('in-force');
      expect((await rig.engineering.readBom(command.productCode))?.components).toEqual(command.components);
      await proxy.close();
    },
  );

  it('are written under Tryton’s own lock: whoever replaced the bill in between keeps it', async () => {
    // Prepare: another bill comes into force between the last look and the write.
    const [one, other] = [await versionCommand(rig.engineering, '0.42'), await versionCommand(rig.engineering, '0.43')];
    await insist(() => rig.engineering.prepareBom(one));
    await insist(() => rig.engineering.prepareBom(other));

    // Act
    const outcomes = await Promise.allSettled([
      insist(() => rig.through(rig.tryton.server.url).putIntoForce(one)),
      insist(() => rig.through(rig.tryton.server.url).putIntoForce(other)),
    ]);

    // Assess
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { rule: 'bom-changed' } });
  });
});
