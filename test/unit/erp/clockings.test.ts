import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createClockReader } from '../../../functions/connectors/erp/tryton/clockings.ts';
import { createTrytonSession } from '../../../functions/connectors/erp/tryton/session.ts';
import { ConnectorPermanentError } from '../../../functions/runtime/errors.ts';

const AT = { __class__: 'datetime', year: 2026, month: 11, day: 10, hour: 1, minute: 0, second: 5, microsecond: 0 };

/** A Tryton in which modules can be activated; `lines`: its answer about attendances. */
function tryton(lines: readonly object[]) {
  const activated: { name: string }[] = [];
  const calls: string[] = [];
  const send: typeof fetch = async (_url, init) => {
    const { method } = z.object({ method: z.string() }).parse(JSON.parse(String(init?.body)));
    calls.push(method);
    switch (method) {
      case 'common.db.login':
        return Response.json({ result: [7, 'session', null] });
      case 'model.res.user.get_preferences':
        return Response.json({ result: { company: 3 } });
      case 'model.ir.module.search_read':
        return Response.json({ result: activated });
      default:
        return Response.json({ result: lines });
    }
  };
  const credentials = async () => ({ url: 'https://tryton.example', database: 'main', user: 'm', password: 'p' });
  const clockingsOf = createClockReader(createTrytonSession({ credentials, fetch: send }));
  const read = () => clockingsOf('E-1001', '2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z');
  return { activated, read, count: (method: string) => calls.filter((call) => call === method).length };
}

describe('the time clock of Tryton', () => {
  it('is none without its module, until that is activated, which is asked no more then', async () => {
    const { activated, read, count } = tryton([{ id: 1, at: AT, type: 'in' }]);
    expect(await read()).toEqual([]);
    activated.push({ name: 'attendance' });

    expect(await read()).toEqual([{ at: '2026-11-10T01:00:05.000000Z', direction: 'in' }]);
    await read();

    expect(count('model.ir.module.search_read')).toBe(2);
    expect(count('model.attendance.line.search_read')).toBe(2);
  });

  it('is not believed where it knows another word than in and out', async () => {
    const { activated, read } = tryton([{ id: 1, at: AT, type: 'break' }]);
    activated.push({ name: 'attendance' });

    await expect(read()).rejects.toThrow(ConnectorPermanentError);
  });
});
