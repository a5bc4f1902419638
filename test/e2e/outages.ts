/** What all processes feel: systems that are down, an engine that is started again, queues that are tried at once. One after the other. */
import { randomUUID } from 'node:crypto';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { clientOptions } from '../../local/cloud/aws.ts';
import { output } from '../../local/cloud/start.ts';
import { decideByMail } from '../../local/demo/approver.ts';
import { submitClaim } from '../../local/demo/claims.ts';
import { submitLeave } from '../../local/demo/leave-requests.ts';
import type { Mail } from '../../local/demo/mailbox.ts';
import { newRequestId } from '../../local/demo/put-event.ts';
import { workingDaysFrom } from '../../local/demo/stories/company-days.ts';
import { waitFor } from '../../local/demo/wait-for.ts';
import { createPeopleReader } from '../../local/tryton/people-reader.ts';
import { claimOfTaxi } from './sample-claims.ts';
import { HEAD, MANAGER, processOn, requisitionDetail, type Stories } from './stories.ts';

/** The requester whose manager is {@link MANAGER}. */
const EMPLOYEE = 'E-1001';

export function tellsOfOutages(stories: Stories): void {
  const { world, busName, file, mailTo, answer, putRaw, ordersOf, recordOf, recorded, failureOf } = stories;

  describe('on the local cloud, with a real Tryton', { tags: 'long' }, () => {
    it('twenty events of one requisition at once, under one id and under many, make one process and one order', async () => {
      const requestId = newRequestId();
      const same = randomUUID();
      const details = Array.from({ length: 20 }, (_, index) =>
        requisitionDetail(requestId, index < 10 ? same : randomUUID()),
      );

      const before = Date.now();
      await putRaw('PurchaseRequisitionSubmitted', details);
      await decideByMail(await mailTo(MANAGER, requestId), 'approve');
      const { processId } = await answer(requestId, 'ordered');

      await waitFor('eleven executions, of which one goes on', async () => {
        const sfn = new SFNClient(clientOptions(world().cloud.engineUrl));
        const stateMachineArn = output(world().cloud.outputs, 'ProcureToPayArn');
        const { executions: found = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
        const own = found.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= before);
        return own.length === 11 && own.filter(({ status }) => status === 'RUNNING').length === 1 ? true : undefined;
      });
      expect(await ordersOf(processId)).toHaveLength(1);
      expect((await recordOf(processId)).filter(({ type }) => type === 'RequisitionRegistered')).toHaveLength(1);
    });

    it('an event that cannot be read goes to the dead letters; one with wrong fields is answered with each of them', async () => {
      await world().retryAtOnce('requests', async () => {
        await putRaw('PurchaseRequisitionSubmitted', [{ nonsense: 'e2e' }]);
        await waitFor('the dead letter', async () => {
          const bodies = await world().messagesIn('requests-dead-letters');
          return bodies.join().includes('nonsense') ? bodies : undefined;
        });
      });
      const requestId = await file({ supplierCode: 'SUP-404', title: 'From nobody' });

      const refused = await answer(requestId, 'refused');

      expect(refused.text.en).toContain('requisition.supplierCode');
    });

    it('an OA that is down gets the answers of a purchase, a claim and a leave when it is up', async () => {
      world().setOaDown(true);
      const asked = await askForEach(24);
      const processes = await approveEach(asked);
      await waitFor('the order', async () => ((await ordersOf(processes.order)).length > 0 ? true : undefined));
      await recorded(processes.claim, 'EntryPosted');
      await recorded(processes.leave, 'AbsenceRecorded');
      for (const { requestId } of Object.values(asked)) expect(world().oa.answersTo(requestId)).toEqual([]);

      world().setOaDown(false);

      await answer(asked.order.requestId, 'ordered');
      await answer(asked.claim.requestId, 'payment-requested');
      await answer(asked.leave.requestId, 'recorded');
    });

    it('an ERP that is switched off makes one order, one entry with its payment, and one absence when it is on again', async () => {
      const { cloud } = world();
      const asked = await askForEach(20);
      await cloud.stopTryton();
      const processes = await approveEach(asked);
      await waitFor('an attempt of each that finds no ERP', async () => {
        const failures = await Promise.all(Object.values(processes).map(failureOf));
        return failures.includes(undefined) ? undefined : failures;
      });

      await cloud.startTrytonAgain();

      await answer(asked.order.requestId, 'ordered');
      expect(await ordersOf(processes.order)).toHaveLength(1);
      const { facts } = await answer(asked.claim.requestId, 'payment-requested');
      const reader = createPeopleReader(cloud.tryton, cloud.tryton.logins.admin);
      const entries = await reader.entriesUnder(`${processes.claim}-entry`);
      expect(entries).toHaveLength(1);
      expect(await reader.paymentsOf(entries[0] ?? '')).toMatchObject([{ paymentNumber: facts.paymentNumber }]);
      await answer(asked.leave.requestId, 'recorded');
      expect(await reader.absencesOf(EMPLOYEE, asked.leave.day, asked.leave.day)).toMatchObject([{ hours: 8 }]);
    });

    it('an engine that is started again while a process waits goes on', async () => {
      const requestId = await file({
        lines: [{ productCode: 'P-1001', quantity: '10', unitPrice: '680.00' }],
      });
      const mail = await mailTo(MANAGER, requestId);

      await world().cloud.restartEngine();
      await decideByMail(mail, 'approve');
      const next = await mailTo(HEAD, requestId);
      await world().cloud.restartEngine();
      await decideByMail(next, 'approve');

      const { processId } = await answer(requestId, 'ordered');
      expect(await ordersOf(processId)).toHaveLength(1);
    });

    it('the hourly look for late orders finds none', async () => {
      const sweep = output(world().cloud.outputs, 'SweepIntentsFunctionName');

      expect(await world().cloud.lambdas.invoke(sweep, {})).toMatchObject({ kind: 'returned' });
    });
  });

  /** Files a requisition, a claim, and a leave of one day, the first working day so many days from now. */
  async function askForEach(daysAhead: number) {
    const bus = [world().cloud.endpoint, busName()] as const;
    const [day = ''] = await workingDaysFrom(daysAhead, 1);
    const claim = { requestId: newRequestId('EX'), employeeId: EMPLOYEE };
    const leave = { requestId: newRequestId('LV'), employeeId: EMPLOYEE };
    await submitClaim(...bus, claim, claimOfTaxi(claim.requestId));
    const away = { kind: 'annual', from: day, to: day, startsAtNoon: false, endsAtNoon: false, reason: '' };
    await submitLeave(...bus, leave, away);
    const requestId = await file();
    const mails = {
      order: await mailTo(MANAGER, requestId),
      claim: await mailTo(MANAGER, claim.requestId),
      leave: await mailTo(MANAGER, day),
    };
    return {
      order: { requestId, mail: mails.order },
      claim: { requestId: claim.requestId, mail: mails.claim },
      leave: { requestId: leave.requestId, mail: mails.leave, day },
    };
  }

  /** @returns the processes */
  async function approveEach({ order, claim, leave }: Awaited<ReturnType<typeof askForEach>>) {
    const approve = async ({ mail }: { mail: Mail }) => processOn(await decideByMail(mail, 'approve'));
    return { order: await approve(order), claim: await approve(claim), leave: await approve(leave) };
  }
}
