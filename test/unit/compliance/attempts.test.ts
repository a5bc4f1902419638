import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ATTEMPT_TYPES } from '../../../functions/compliance/domain/attempts.ts';
import { recordRefusedVisit } from '../../../functions/compliance/refused-visit.ts';
import { Compliance } from '../../support/compliance.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { findingsIn, processOf, refused, registered, type Written } from './records.ts';

const WHO = 'E-1002';
const attempt = (
  type: string,
  minute: number,
  refusal?: string,
  actor: Written['actor'] = { kind: 'person', id: WHO },
) => ({ type, actor, facts: refusal === undefined ? {} : { refusal }, minute }) satisfies Written;
const five = (type: string, refusal?: string) => [0, 1, 2, 3, 4].map((minute) => attempt(type, minute, refusal));
const standing = (processId: string, written: readonly Written[]) =>
  processOf(processId, written, { kind: processId, requesterId: '' });

describe('a burst of attempts at what is not theirs', () => {
  it.each([
    ['UrgeRefused', 'not-the-requester', []],
    ['WithdrawalRefused', 'not-the-requester', []],
    ['ShorteningRefused', 'not-the-requester', []],
    ['ResubmissionRefused', 'not-the-requester', []],
    ['DecisionRefused', 'own-request', ['P2P-1']],
  ])(
    'is seen where a process has them as %s (%s), and is about the process only where they were to decide it',
    (type, refusal, processIds) => {
      expect(findingsIn([processOf('P2P-1', [registered(), ...five(type, refusal)])])).toMatchObject([
        {
          detector: 'refused-attempts',
          processIds,
          evidence: { length: 5 },
          facts: { employeeId: WHO, refusals: refusal },
        },
      ]);
    },
  );

  it.each([
    ['administration', 'AdministrationRefused', 'not-your-role'],
    ['administration', 'AdministrationRefused', 'not-our-form'],
    ['operations', 'OperationRefused', 'not-your-role'],
    ['operations', 'OperationRefused', 'own-request'],
    ['compliance', 'CaseDecisionRefused', 'not-your-role'],
    ['visits', 'VisitRefused', 'not-your-role'],
    ['orders', 'OrdersRefused', undefined],
    ['own-pages', 'OwnFormRefused', undefined],
  ])('is seen in the record %s, which is of no process, as %s (%s)', (record, type, refusal) => {
    expect(findingsIn([standing(record, five(type, refusal))])).toMatchObject([
      { detector: 'refused-attempts', processIds: [], evidence: { length: 5 }, facts: { employeeId: WHO } },
    ]);
  });

  it('adds up whatever one person tried anywhere', () => {
    const records = [
      processOf('P2P-1', [registered(), refused(WHO, 0), refused(WHO, 1)]),
      standing('operations', [attempt('OperationRefused', 2, 'not-your-role')]),
      standing('own-pages', [attempt('OwnFormRefused', 3)]),
      processOf('CASE-1', [attempt('CaseDecisionRefused', 4, 'has-part')], {
        kind: 'compliance-case',
        requesterId: '',
      }),
    ];

    expect(findingsIn(records)).toMatchObject([{ processIds: ['P2P-1'], evidence: { length: 5 } }]);
  });

  it.each([
    ['forms that could not be read', 'OperationRefused', 'bad-form'],
    ['urging too often', 'UrgeRefused', 'urged-already'],
    ['withdrawing what has ended', 'WithdrawalRefused', 'ended'],
    ['a case that somebody else decided first', 'CaseDecisionRefused', 'already-decided'],
    ['fields of a substitute that do not fit', 'SubstituteRefused', 'overlaps'],
  ])('is none of %s', (_, type, refusal) => {
    expect(findingsIn([processOf('P2P-1', [registered(), ...five(type, refusal)])])).toEqual([]);
  });

  it('is none of what no person tried', () => {
    const written = five('ShorteningRefused', 'not-the-requester').map(
      (entry): Written => ({
        ...entry,
        actor: { kind: 'meridian', id: 'leave-request' },
      }),
    );
    expect(findingsIn([processOf('LVR-1', [registered(), ...written])])).toEqual([]);
  });

  it('opens a case that holds nothing, from visits that are about no process', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world);
    for (let visit = 0; visit < 5; visit += 1) {
      await recordRefusedVisit(world.decisionDeps(), WHO, '/compliance', 'not-your-role');
    }
    await compliance.watch();

    const { detector, processIds, held, evidence } = await compliance.read(await compliance.only());
    expect({ detector, processIds, held }).toEqual({ detector: 'refused-attempts', processIds: [], held: [] });
    expect(evidence.map(({ processId }) => processId)).toEqual(Array(5).fill('compliance'));
  });
});

/** Refusals of the record that are no attempts of a person, and why. */
const NO_ATTEMPTS: { readonly [type: string]: string } = {
  RequisitionRefused: 'what was filed is wrong',
  ClaimRefused: 'what was filed is wrong',
  LeaveRequestRefused: 'what was filed is wrong',
  OfficeRequestRefused: 'what was filed is wrong',
  EngineeringChangeRefused: 'what was filed is wrong',
  DuplicateRefused: 'the OA sent it',
  ForeignPurchaseRefused: 'another system sent it',
  ChangeProposalRefused: 'the ERP sent it',
  PostingRefused: 'the ERP refuses',
  PaymentRefused: 'the ERP refuses',
  ResumeRefused: 'Step Functions refuses',
  RedriveRefused: 'Step Functions refuses',
  SignInRefused: 'an account of the provider of which nobody of the company is known',
  SubstituteRefused: 'fields that do not fit',
  HandOverRefused: 'one order is refused task by task, because of whom it names',
};

describe('every type of refusal that the record has', () => {
  it('counts as an attempt, or is named as none', () => {
    const folder = join(import.meta.dirname, '../../../functions/audit');
    const words = readdirSync(folder).filter((name) => name.endsWith('-words.ts'));
    const types = words.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^ {2}(\w+Refused):/gm)].map(([, type]) => type ?? ''),
    );

    expect([...new Set(types)].sort()).toEqual([...ATTEMPT_TYPES, ...Object.keys(NO_ATTEMPTS)].sort());
  });
});
