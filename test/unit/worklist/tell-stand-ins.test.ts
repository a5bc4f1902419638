import { describe, expect, it } from 'vitest';
import { toldAtOnce } from '../../../functions/people/stand-in-mail.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { companyWithAbsence } from './digest-company.ts';

/** The absence begins on Monday at midnight in Shanghai. */
const SUNDAY_EVENING = '2026-01-04T15:30:00Z';
const MONDAY_NIGHT = '2026-01-04T16:30:00Z';
const AN_HOUR_LATER = '2026-01-04T17:30:00Z';
const MONDAY_MORNING = '2026-01-05T00:30:00Z';
const FROM = '2026-01-05T00:00:00+08:00';
const PERIOD = { employeeId: 'E-2001', substituteId: 'E-4002', from: FROM, until: '2026-01-09T16:00:00Z' };

const toldOf = ({ mails }: Awaited<ReturnType<typeof companyWithAbsence>>) =>
  mails.filter(({ subject }) => subject.startsWith('You stand in for')).map(({ to }) => to.split('@')[0]);

describe('whoever stands in', () => {
  it('is told when the absence begins of what was open before, once, with the way to their list', async () => {
    const rig = await companyWithAbsence({});
    await rig.run(SUNDAY_EVENING);
    expect(rig.mails).toEqual([]);

    expect(await rig.run(MONDAY_NIGHT)).toMatchObject({ sent: 1 });
    expect(await rig.run(AN_HOUR_LATER)).toMatchObject({ sent: 0 });

    const [mail, ...more] = rig.mails;
    expect(more).toEqual([]);
    expect(mail?.to).toContain('grace');
    expect(mail?.subject).toBe('You stand in for 王强 Wang Qiang: one task waits');
    expect(mail?.text).toContain('in place of 王强 Wang Qiang');
    expect(mail?.text).toContain('/me/tasks');
  });

  it('is not told once more of what the digest of this morning has', async () => {
    const rig = await companyWithAbsence({ 'E-4002': 1 });
    expect(await rig.run(MONDAY_MORNING)).toMatchObject({ sent: 2 });
    await rig.run('2026-01-05T06:30:00Z');

    expect(toldOf(rig)).toEqual([]);
  });

  it('is not told once more of what they were told when they were named during the absence', async () => {
    const rig = await companyWithAbsence({});
    expect(toldAtOnce(PERIOD, new Date(SUNDAY_EVENING))).toEqual([]);
    const changes = toldAtOnce(PERIOD, new Date(MONDAY_NIGHT));
    expect(changes).toHaveLength(1);
    await rig.store.commit({ entries: [], personal: [], changes });

    await rig.run(MONDAY_NIGHT);
    expect(toldOf(rig)).toEqual([]);
  });

  it('is told of nothing that they may not take over, nor of what came since the absence began', async () => {
    const other = await companyWithAbsence({}, ['payment']);
    const since = await companyWithAbsence({}, undefined, '2025-12-31T16:00:00Z');

    await other.run(MONDAY_NIGHT);
    await since.run(MONDAY_NIGHT);

    expect([...toldOf(other), ...toldOf(since)]).toEqual([]);
  });

  it('is told by the next run where mail cannot be sent now, and not again where it never can', async () => {
    const rig = await companyWithAbsence({});
    const failing = (error: Error) => ({
      mail: {
        send: async () => {
          throw error;
        },
      },
    });
    await expect(rig.run(MONDAY_NIGHT, failing(new ConnectorTransientError('slow down')))).rejects.toThrow('slow down');
    expect(await rig.run(AN_HOUR_LATER)).toMatchObject({ sent: 1 });
    expect(toldOf(rig)).toHaveLength(1);

    const refused = await companyWithAbsence({});
    expect(await refused.run(MONDAY_NIGHT, failing(new ConnectorPermanentError('no such address')))).toMatchObject({
      failed: 1,
    });
    await refused.run(AN_HOUR_LATER);
    expect([toldOf(refused), refused.failures]).toEqual([[], ['E-4002: no such address']]);
  });
});
