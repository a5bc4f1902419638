import { describe, expect, it } from 'vitest';
import { readingsOf } from '../../../functions/audit/note-read.ts';
import { fieldsOf } from '../administration/open-administration.ts';
import { openOperations, QUEUE } from './open-operations.ts';

const OPERATOR = 'E-4005';
const LETTERS = `/operations/letters/${QUEUE}`;

/** Where the preview of an action on the one thing that waits is. */
async function opened(action: string) {
  const pages = await openOperations();
  const operator = await pages.signIn(OPERATOR);
  const list = (await operator.get('/operations?lang=en')).text;
  const [, what = ''] = /name="what" value="([^"]+)"/.exec(list) ?? [];
  const path = `/operations/act?action=${action}&what=${encodeURIComponent(what)}&lang=en`;
  return { ...pages, operator, list, what, path };
}

describe('the pages of operators', () => {
  it.each(['/operations', '/operations/versions', LETTERS])(
    'show %s to operators and administrators, refuse it to everybody else, and record the attempt',
    async (path) => {
      const { signIn, world } = await openOperations();

      expect((await (await signIn(OPERATOR)).get(path)).status).toBe(200);
      expect((await (await signIn('E-0002', ['administrator'])).get(path)).status).toBe(200);
      expect((await (await signIn('E-2001', ['auditor'])).get(path)).status).toBe(403);
      expect((await world.store.readRecord('visits')).map(({ actor, facts }) => [actor.id, facts.page])).toEqual([
        ['E-2001', '/operations'],
      ]);
    },
  );

  it('show what failed, why, and what may be done about it', async () => {
    const { list, processId } = await opened('retry');

    expect(list).toContain(`href="/operations/processes/${processId}"`);
    expect(list).toContain('CreateOrder · ConnectorPermanentError');
    expect(list).toContain('the fiscal year is closed');
    expect(list).toMatch(/action=retry[^"]*">Try the step again<.*action=cancel[^"]*">Cancel, and undo/s);
  });

  it('show what was already done in the process', async () => {
    const { operator, processId } = await opened('retry');
    const { text } = await operator.get(`/operations/processes/${processId}?lang=en`);

    expect(text).toContain('Step CreateOrder failed: ConnectorPermanentError');
    expect(text).not.toContain('Mail sent to');
    expect((await operator.get('/operations/processes/P2P-9')).status).toBe(404);
  });

  it('record who looked at the record of a process, and of none that there is not', async () => {
    const { operator, processId, world } = await opened('retry');
    const day = world.decisionDeps().clock.now().toISOString().slice(0, 10);

    await operator.get(`/operations/processes/${processId}`);
    await operator.get(`/operations/processes/${processId}`);
    await operator.get('/operations/processes/P2P-9');

    expect((await readingsOf(world.store, processId, day)).map(({ actor, facts }) => ({ actor, facts }))).toEqual([
      { actor: { kind: 'person', id: OPERATOR }, facts: { of: processId, what: 'record' } },
    ]);
    expect(await readingsOf(world.store, 'P2P-9', day)).toEqual([]);
  });

  it('preview exactly what an action touches, and change nothing by that', async () => {
    const { operator, path, processId, what, world, event } = await opened('retry');
    const record = await world.record(event);
    const { text } = await operator.get(path);

    expect(text).toContain('This is touched (1)');
    expect(text).toContain(processId);
    expect(fieldsOf(text).filter(([name]) => name === 'what')).toEqual([['what', what]]);
    expect(await world.record(event)).toEqual(record);
    expect((await operator.get(path.replace('retry', 'skip'))).text).toContain('This cannot be done about it.');
    expect((await operator.get('/operations/act?action=retry&what=x')).status).toBe(404);
  });

  it('say of a retry that it is asked for, and that it is done once the step has succeeded', async () => {
    const { operator, path, processId, world } = await opened('retry');
    world.erp.fault = () => undefined;
    const process = `/operations/processes/${processId}?lang=en`;

    const answer = await operator.post('/operations/act', fieldsOf((await operator.get(path)).text));
    const before = (await operator.get(process)).text;
    await world.run();
    const after = (await operator.get(process)).text;

    expect(answer.text).toContain('Asked for (1)');
    expect(answer.text).not.toContain('>done<');
    expect(before).toContain('>asked for</span>');
    expect(before).not.toContain('>done</span>');
    expect(after).toContain('>done</span>');
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('say of a retry that fails that it has failed again', async () => {
    const { operator, path, world } = await opened('retry');

    await operator.post('/operations/act', fieldsOf((await operator.get(path)).text));
    await world.run();
    const { text } = await operator.get('/operations?lang=en');

    expect(text).toContain('>failed again</span>');
    expect(text).toContain('Failed and waiting (1)');
  });

  it('ask for the reason of a cancellation before they do anything', async () => {
    const { operator, path, world, event } = await opened('cancel');
    const fields = fieldsOf((await operator.get(path)).text);

    const without = await operator.post('/operations/act', fields);
    const running = (await world.head(event)).status;
    await operator.post('/operations/act', [...fields, ['reason', 'Ordered by telephone']]);
    await world.run();

    expect(without.text).toContain('aria-invalid="true"');
    expect(running).toBe('running');
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
  });

  it('let nobody end what they asked for themselves, but try it again', async () => {
    const { path, signIn, world, event } = await opened('cancel');
    const { requesterId } = await world.head(event);
    const requester = await signIn(requesterId);
    const fields = fieldsOf((await requester.get(path)).text);

    const answer = await requester.post('/operations/act', [...fields, ['reason', 'No need']]);

    expect(answer.text).toContain('须由其他运维人员处理');
    expect(await world.head(event)).toMatchObject({ status: 'running' });
    expect((await world.store.readRecord('operations')).map(({ facts }) => facts.refusal)).toEqual(['own-request']);
    world.erp.fault = () => undefined;
    await requester.post('/operations/act', fieldsOf((await requester.get(path.replace('cancel', 'retry'))).text));
    await world.run();
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('take no form from anybody else, nor one that was not theirs, and record each', async () => {
    const { operator, path, signIn, world } = await opened('retry');
    const fields = fieldsOf((await operator.get(path)).text);
    const auditor = await signIn('E-2001', ['auditor']);
    const withToken = (token: string) =>
      fields.map(([name, value]) => [name, name === 'csrf' ? token : value] as const);

    expect((await auditor.post('/operations/act', withToken(auditor.csrf))).status).toBe(403);
    expect((await operator.post('/operations/act', withToken(auditor.csrf))).status).toBe(403);
    expect((await operator.post('/operations/act', [['csrf', operator.csrf]])).status).toBe(400);
    expect((await operator.post(LETTERS, [['csrf', operator.csrf]])).status).toBe(400);
    const record = await world.store.readRecord('operations');
    expect(record.map(({ type, facts }) => [type, facts.employeeId, facts.refusal])).toEqual([
      ['OperationRefused', 'E-2001', 'not-your-role'],
      ['OperationRefused', OPERATOR, 'not-our-form'],
      ['OperationRefused', OPERATOR, 'bad-form'],
      ['OperationRefused', OPERATOR, 'bad-form'],
    ]);
  });

  it('show letters without what is nobody’s business, and send those that were ticked', async () => {
    const { letters, signIn, world } = await openOperations();
    const sentAt = '2026-01-01T08:00:00.000Z';
    const token = 'AQCEAAAAKgAAAAMAAAAAAAAAAb0123456789abcdefghij';
    letters.kept.push(
      { letterId: 'one', sentAt, body: JSON.stringify({ oa: { requestId: 'PR-7' }, token, mail: 'li@example.cn' }) },
      { letterId: 'two', sentAt, body: '{"nowhere":1}' },
    );
    const operator = await signIn(OPERATOR);

    const shown = (await operator.get(`${LETTERS}?lang=en`)).text;
    const preview = (await operator.get(`${LETTERS}?letter=one&letter=two&lang=en`)).text;
    const sent = await operator.post(LETTERS, fieldsOf(preview));

    expect(shown).toContain('PR-7');
    expect(shown).not.toContain(token);
    expect(shown).not.toContain('li@example.cn');
    expect(preview).toContain('This is touched (2)');
    expect(sent.text).toContain('1 went back to where they belong, 1 stay since nothing takes them');
    expect(letters.kept.map(({ letterId }) => letterId)).toEqual(['two']);
    expect((await world.store.readRecord('operations')).map(({ type, facts }) => [type, facts.operator])).toEqual([
      ['LettersAskedFor', OPERATOR],
      ['LettersSentAgain', OPERATOR],
    ]);
    expect((await operator.get('/operations/letters/RequestsQueue')).status).toBe(404);
  });

  it('show the versions with the executions that run on each', async () => {
    const { signIn } = await openOperations();
    const { text } = await (await signIn(OPERATOR)).get('/operations/versions?lang=en');

    expect(text).toMatch(/v2 · 0 running .*new processes run it.*v1 · 1 running.*arn:of:one/s);
    expect(text).toContain('started without a version · not known whether any runs');
  });
});
