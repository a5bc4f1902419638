/** Who stands in for whom, by the API: as the page of absences, for an OA that has a page of its own. */
import { describe, expect, it } from 'vitest';
import { absenceList, absenceResult } from '../../../functions/worklist/api/schemas.ts';
import { openWorklistApi } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const SUBSTITUTE = 'E-2002';
const PATH = '/api/v1/absences';
/** The world begins on the first of January 2026, at midnight UTC. */
const WISH = { from: '2026-01-05', to: '2026-01-09', person: SUBSTITUTE, scope: ['order'] };

async function opened() {
  const rig = await openWorklistApi();
  const manager = rig.as(MANAGER);
  const name = (wish: object = {}, key = 'key-1') => manager.post(PATH, { ...WISH, ...wish }, key);
  const list = async (employeeId = MANAGER) => absenceList.parse((await rig.as(employeeId).get(PATH)).body);
  return { ...rig, manager, name, list };
}

describe('absences by the API', () => {
  it('are named by the days of the caller’s own zone, and listed to both', async () => {
    const { world, name, list } = await opened();
    expect(await list()).toEqual({ own: [], standIns: [] });

    const { status, body } = await name();
    await world.run();

    const period = { from: '2026-01-04T16:00:00.000Z', until: '2026-01-09T16:00:00.000Z', scope: ['order'] };
    const own = { ...period, absenceId: expect.stringMatching(/^ABSENCE-/), source: 'own' };
    expect([status, body]).toEqual([
      200,
      {
        result: 'named',
        absences: { own: [{ ...own, substitute: { employeeId: SUBSTITUTE, name: 'Priya Nair' } }], standIns: [] },
      },
    ]);
    expect(await list(SUBSTITUTE)).toEqual({
      own: [],
      standIns: [{ ...period, away: { employeeId: MANAGER, name: '王强 Wang Qiang' } }],
    });
    expect(world.mails.filter(({ subject }) => subject.startsWith('You stand in for'))).toHaveLength(1);
  });

  it('are named once for one key, and refused as overlapping under another', async () => {
    const { world, name, list } = await opened();

    const answers = [await name(), await name(), await name({}, 'key-2')];
    await world.run();

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 422]);
    expect(answers[2]?.body).toMatchObject({
      code: 'substitute-refused',
      errors: [{ field: 'from', code: 'overlaps', problem: expect.stringContaining('stands in for you') }],
    });
    expect((await list()).own).toHaveLength(1);
    expect(world.mails.filter(({ subject }) => subject.startsWith('You stand in for'))).toHaveLength(1);
  });

  it('are refused with all that is wrong, by field', async () => {
    const { name, list } = await opened();
    const errorsOf = async (wish: object, key: string) => {
      const { status, body } = await name(wish, key);
      const errors = Array.isArray(body.errors) ? body.errors : [];
      return [status, errors.map(({ field, code }: Record<string, string>) => [field, code])];
    };

    expect(await errorsOf({ from: '2025-12-01', to: '2028-01-01', person: 'nobody' }, 'key-1')).toEqual([
      422,
      [
        ['from', 'before-today'],
        ['to', 'too-far'],
        ['person', 'unknown'],
      ],
    ]);
    expect(await errorsOf({ person: MANAGER }, 'key-2')).toEqual([422, [['person', 'oneself']]]);
    const unfit = { from: 'soon', scope: ['operator'], more: 1 };
    expect((await errorsOf(unfit, 'key-3'))[0]).toBe(400);
    expect((await list()).own).toEqual([]);
  });

  it('end by the word of whoever named them, twice as once, and of nobody else', async () => {
    const { world, as, manager, name, list } = await opened();
    const { absences } = absenceResult.parse((await name()).body);
    const end = `${PATH}/${absences.own[0]?.absenceId}/end`;

    const stranger = await as(SUBSTITUTE).post(end, {});
    const answers = [await manager.post(end, {}), await manager.post(end, {})];
    await world.run();

    expect([stranger.status, stranger.body.code]).toEqual([404, 'not-found']);
    const ended = { status: 200, body: { result: 'ended', absences: { own: [], standIns: [] } } };
    expect(answers).toMatchObject([ended, ended]);
    expect((await as(SUBSTITUTE).post(end, {})).status).toBe(404);
    expect((await manager.post(`${PATH}/LV-1/end`, {})).status).toBe(404);
    expect((await list(SUBSTITUTE)).standIns).toEqual([]);
    const types = (await world.store.readRecord(absences.own[0]?.absenceId ?? '')).map(({ type }) => type);
    expect(types.filter((type) => type !== 'MailSent')).toEqual(['SubstituteNamed', 'SubstitutionEnded']);
  });
});
