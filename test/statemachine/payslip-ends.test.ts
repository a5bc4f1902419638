import { describe, expect, it } from 'vitest';
import { runKeys } from '../../functions/payroll/domain/payroll-run.ts';
import { rejectFigures } from '../../local/demo/payroll-desk.ts';
import { failingAtFirst, firstCallOf, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { machineArn, PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD } from '../support/payroll-world.ts';
import type { WorldOptions } from '../support/process-world.ts';
import { redriveFailed } from '../support/redrive.ts';

const EMPLOYEE = 'E-1001';
const RUN = `payroll-run-${PERIOD}`;
const ROWS = `${ACTIVE} rows`;
const WHOLE = { record: 'completed', erp: ROWS };

/** A run whose figures payroll has. */
async function handedOver(options: ConstructorParameters<typeof PayrollWorld>[0] = {}): Promise<PayrollWorld> {
  const world = new PayrollWorld(options);
  await world.begin();
  return world;
}

function typesOf(entries: readonly { readonly type: string }[]): readonly string[] {
  return entries.map(({ type }) => type).filter((type) => /^Pay(roll|slip)[A-Z]/.test(type));
}

describe('what payroll says of the figures', () => {
  it('gives each employee a payslip that only they are told of, without an amount outside of it', async () => {
    const world = await handedOver();
    await world.payrollAnswers();

    const kept = await world.payslips.find(EMPLOYEE, PERIOD);
    expect(kept?.payslip.net).toMatch(/^\d+\.\d\d$/);
    const mails = world.mails.filter(({ text }) => text.includes('/me/payslips/'));
    expect(mails.map(({ to }) => to)).toHaveLength(ACTIVE);
    const told = JSON.stringify([world.mails, await world.payslipRecord(EMPLOYEE), await world.record()]);
    expect(told).not.toContain(kept?.payslip.net);
    for (const { amount } of kept?.payslip.lines ?? []) {
      expect(told).not.toContain(amount);
    }
    await world.handInAsItIs({
      record: expect.stringMatching(/^\(Payroll\) (\[E-\d+ \(Payslip\)\] ?){4}$/),
      erp: ROWS,
    });
  });

  it('is heard although it came before anybody waited for it', async () => {
    const world = new PayrollWorld({ patience: 60, fault: firstCallOf('AwaitPayroll', 'dies-before') });
    await world.begin();
    await world.handIn(WHOLE);

    expect(typesOf(await world.record())).toEqual([
      'PayrollRunOpened',
      'PayrollFiguresHandedOver',
      'PayrollCalculated',
      'PayrollRunClosed',
    ]);
  });

  it('that cannot be used is told to the operators once, and counts once it is corrected', async () => {
    const world = await handedOver();
    const cut = (files: Readonly<Record<string, string>>) => ({ ...files, 'payslips.csv': 'period,employeeId\r\n' });
    await world.payrollAnswers({ change: cut });
    await world.payrollAnswers({ change: cut });

    const notices = world.mails.filter(({ text }) => text.includes('cannot be used'));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain('is not the file whose SHA-256 the acknowledgement has');
    await world.handIn(WHOLE);
    expect(typesOf(await world.record())).toContain('PayrollAnswerUnfit');
  });

  it('may be a rejection: operators read the reasons, and the corrected figures are handed over anew', async () => {
    const world = await handedOver();
    const reason = 'no contract on file';
    await world.payrollWrites(`answers/${RUN}.rejected.csv`, rejectFigures(world.fileText(), { [EMPLOYEE]: reason }));
    expect((await world.shown()).join('\n')).toContain(`Payroll says of ${EMPLOYEE}: ${reason}`);
    expect(JSON.stringify(await world.record())).not.toContain(reason);
    world.time.typeIn(EMPLOYEE, 'sick', { date: '2025-12-29', hours: '8' });
    await world.operate('retry');
    await world.settleDifference('skip', EMPLOYEE);

    await world.handIn({
      record: `!AwaitPayroll retry completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 1} rows`,
    });
    expect(typesOf(await world.record()).filter((type) => type === 'PayrollFiguresHandedOver')).toHaveLength(2);
  });

  it('may be a rejection of all, after which the run is closed without payslips', async () => {
    const world = await handedOver();
    await world.payrollWrites(
      `answers/${RUN}.rejected.csv`,
      rejectFigures(world.fileText(), { '': 'the month is closed' }),
    );
    await world.operate('skip');

    await world.handInAsItIs({ record: '!AwaitPayroll skip handed-over', erp: ROWS });
  });

  it('may be nothing: operators are reminded, asked, and may wait on', async () => {
    const world = await handedOver();
    await world.advance(24 * 11);
    await world.operate('retry');

    await world.handIn({ record: '!AwaitPayroll retry completed', erp: ROWS });
  });

  it('that comes when the run was closed without it is told to the operators', async () => {
    const world = await handedOver();
    await world.advance(24 * 11);
    await world.operate('skip');
    await world.payrollAnswers();

    expect(world.mails.at(-1)?.text).toContain('after the run had ended (handed-over)');
    await world.handInAsItIs({ record: '!AwaitPayroll skip handed-over', erp: ROWS });
  });

  it('is waited for beyond the longest wait of a state', async () => {
    const world = await handedOver({ fault: firstCallOf('RingAlarm', 'dies-before') });
    world.alarms.due(new Date('2027-01-01T00:00:00Z'));
    await world.advance(24 * 101);

    await world.operate('retry');
    await world.handIn({ record: '!AwaitPayroll retry completed', erp: ROWS });
  });
});

describe('a payroll run that payroll has answered', () => {
  it("whose list of payslips cannot be read is an operator's", async () => {
    const world = await handedOver();
    const list = { bucket: PAYROLL_BUCKET, key: runKeys(RUN).paid };
    const body = await world.bucket.getObject(list);
    await world.bucket.putObject({ ...list, body: 'no list' });
    await world.payrollAnswers();
    await world.bucket.putObject({ ...list, body });
    await world.operate('retry');
    await world.confirmOthers('');

    await world.handInAsItIs({ record: '!PublishPayslips retry completed', erp: ROWS });
  });

  it('by silence, and that cannot be closed at first, is closed without payslips', async () => {
    const world = await handedOver({ fault: firstCallOf('ClosePayrollRun', 'refused') });
    await world.advance(24 * 11);
    await world.operate('skip');
    await world.operate('retry');

    await world.handInAsItIs({ record: '!AwaitPayroll skip !CloseRun retry handed-over', erp: ROWS });
  });
});

describe('what an employee says of their payslip', () => {
  it('may be nothing: they are reminded, nobody else is, and silence is no confirmation', async () => {
    const world = await handedOver();
    await world.payrollAnswers();
    await world.advance(24 * 3);

    const reminders = world.mails.filter(({ subject }) => /overdue|waiting/i.test(subject));
    expect(reminders.map(({ to }) => to).filter((to) => to.startsWith('operators'))).toEqual([]);
    await world.advance(24 * 7);
    await world.handInAsItIs({
      record: expect.stringMatching(/^completed (\[E-\d+ unanswered\] ?){4}$/),
      erp: ROWS,
    });
  });

  it('may be that it is wrong: payroll corrects it, and they are asked about the new revision', async () => {
    const world = await handedOver();
    await world.payrollAnswers();
    await world.say(EMPLOYEE, 'disputed', 'The sick day of the 29th is missing');
    expect((await world.shown()).join('\n')).toContain('The employee says: The sick day of the 29th is missing');
    await world.payrollAnswers({ hourly: { [EMPLOYEE]: '96.00' } });
    await world.operate('retry', EMPLOYEE);

    expect(await world.payslips.find(EMPLOYEE, PERIOD)).toMatchObject({ version: 'version-2' });
    expect(await world.say(EMPLOYEE, 'confirmed')).toBe('taken');
    await world.confirmOthers(EMPLOYEE);
    await world.handInAsItIs({ record: `completed [${EMPLOYEE} !AwaitPayslip retry confirmed]`, erp: ROWS });
  });

  it('may be that it is wrong, and an operator lets it stand: it ends as disputed', async () => {
    const world = await handedOver();
    await world.payrollAnswers();
    await world.say(EMPLOYEE, 'disputed');
    await world.operate('skip', EMPLOYEE);
    await world.confirmOthers(EMPLOYEE);

    await world.handInAsItIs({ record: `completed [${EMPLOYEE} !AwaitPayslip skip disputed]`, erp: ROWS });
  });

  it('is waited for beyond the longest wait of a state when the alarms are lost', async () => {
    const world = await handedOver();
    await world.payrollAnswers();
    world.alarms.due(new Date('2027-01-01T00:00:00Z'));
    await world.advance(24 * 101);

    await world.handInAsItIs({
      record: expect.stringMatching(/^completed (\[E-\d+ unanswered\] ?){4}$/),
      erp: ROWS,
    });
  });

  it('counts once, and about what they were shown only', async () => {
    const world = await handedOver();
    await world.payrollAnswers();

    expect(await world.say('E-9999', 'confirmed')).toBe('unknown');
    expect(await world.say(EMPLOYEE, 'confirmed')).toBe('taken');
    expect(await world.say(EMPLOYEE, 'disputed')).toBe('ended');
    await world.confirmOthers(EMPLOYEE);
    await world.handInAsItIs(WHOLE);
  });

  it('to which no operator answers is asked again', async () => {
    const world = await handedOver();
    await world.payrollAnswers();
    await world.say(EMPLOYEE, 'disputed');
    await world.confirmOthers(EMPLOYEE);
    await world.advance(24 * 91);
    await world.operate('skip', EMPLOYEE);

    await world.handInAsItIs({
      record: `completed [${EMPLOYEE} !AwaitPayslip !AwaitPayslip skip disputed]`,
      erp: ROWS,
    });
  });
});

describe('a payslip that is disputed', () => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = await handedOver(failingAtFirst(error));
    await world.payrollAnswers();
    await world.say(EMPLOYEE, 'disputed');
    await world.operate('skip', EMPLOYEE);
    await world.confirmOthers(EMPLOYEE);

    await world.handInAsItIs({ record: `completed [${EMPLOYEE} !AwaitPayslip skip disputed]`, erp: ROWS });
  });
});

/** The run's own try of a step for an employee is refused, and that of their payslip. */
function twiceFor(employeeId: string, step: string): NonNullable<WorldOptions['fault']> {
  let left = 2;
  return (_, name, payload) => {
    const isHit = name === step && left > 0 && JSON.stringify(payload).includes(employeeId);
    left -= isHit ? 1 : 0;
    return isHit ? 'refused' : undefined;
  };
}

describe('a step of a payslip that is refused', () => {
  it.each(['AwaitPayslip', 'ClosePayslip'])('%s waits for an operator, and goes on', async (step) => {
    const world = await handedOver({ fault: firstCallOf(step, 'refused') });
    await world.settle();
    const [employeeId = ''] = await world.waitingPayslips();
    await world.operate('retry', employeeId);
    await world.say(employeeId, 'confirmed');

    await world.handInAsItIs({ record: `completed [${employeeId} !${step} retry confirmed]`, erp: ROWS });
  });

  it.each(['OpenPayslip', 'PublishPayslip'])('%s of the run is done by the payslip itself', async (step) => {
    const world = await handedOver({ fault: firstCallOf(step, 'refused') });

    await world.handIn({ record: 'completed', erp: ROWS });
  });

  it('PublishPayslip of the run, and of the payslip, waits for an operator, and goes on', async () => {
    const world = await handedOver({ fault: twiceFor(EMPLOYEE, 'PublishPayslip') });
    await world.settle();
    await world.operate('retry', EMPLOYEE);
    await world.say(EMPLOYEE, 'confirmed');

    await world.handInAsItIs({ record: `completed [${EMPLOYEE} !PublishPayslip retry confirmed]`, erp: ROWS });
  });

  it('OpenPayslip fails the execution, which the run finds and repeats', async () => {
    const world = await handedOver({ fault: twiceFor(EMPLOYEE, 'OpenPayslip') });
    await world.settle();
    expect((await world.shown()).join('\n')).toContain('the payslips of 1 have not come to their end');
    await world.operate('retry');
    await world.confirmOthers('');

    await world.handInAsItIs({ record: '!CloseRun retry completed', erp: ROWS });
  });

  it.each(['RoutePayslip', 'OpenLevel'])('because %s fails is asked about after a redrive', async (name) => {
    let isDown = true;
    const world = await handedOver({
      fault: (_, called, payload) =>
        isDown && called === name && JSON.stringify(payload).includes('payslip-') ? 'refused' : undefined,
    });
    await world.payrollAnswers();
    await world.say(EMPLOYEE, 'disputed');
    await world.advance(3);
    isDown = false;
    await redriveFailed(world, machineArn('payslip'));
    await world.operate('skip', EMPLOYEE);
    await world.confirmOthers(EMPLOYEE);

    await world.handInAsItIs({ record: expect.stringContaining(`[${EMPLOYEE} !AwaitPayslip`), erp: ROWS });
  });
});
