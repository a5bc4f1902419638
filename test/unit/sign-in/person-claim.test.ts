import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { type PersonRule, personNamed } from '../../../functions/sign-in/domain/person-claim.ts';
import { findPerson } from '../../../functions/sign-in/find-person.ts';
import { directoryData } from '../../support/purchase-company.ts';

const VERIFIED: PersonRule = { by: 'verified-mail', claim: 'email' };
const VOUCHED: PersonRule = { by: 'mail', claim: 'email' };
const BY_ID: PersonRule = { by: 'employee-id', claim: 'custom:employee_id' };
const MAIL = 'wang.qiang@meridian.example';

describe('whom the claims of a token name', () => {
  it.each([
    ['a verified address', VERIFIED, { email: MAIL, email_verified: true }, { kind: 'mail', mail: MAIL }],
    ['one that was turned into text', VERIFIED, { email: MAIL, email_verified: 'true' }, { kind: 'mail', mail: MAIL }],
    ['an address of a provider that vouches for all of them', VOUCHED, { email: MAIL }, { kind: 'mail', mail: MAIL }],
    ['an employee id', BY_ID, { 'custom:employee_id': ' E-2001 ' }, { kind: 'employee-id', employeeId: 'E-2001' }],
    ['one that is a number', BY_ID, { 'custom:employee_id': 2001 }, { kind: 'employee-id', employeeId: '2001' }],
  ])('is told by %s', (_, rule, claims, named) => {
    expect(personNamed(claims, rule)).toEqual(named);
  });

  it.each([
    ['an address that is said to be unverified', VERIFIED, { email: MAIL, email_verified: false }, 'unverified-mail'],
    ['an address of which nothing is said', VERIFIED, { email: MAIL }, 'unverified-mail'],
    ['a word other than true', VERIFIED, { email: MAIL, email_verified: 'yes' }, 'unverified-mail'],
    ['nothing', VERIFIED, { email_verified: true }, 'missing-claim'],
    ['an empty address', VOUCHED, { email: ' ' }, 'missing-claim'],
    ['a list of addresses', VOUCHED, { email: [MAIL] }, 'missing-claim'],
    ['an address where it is the id that counts', BY_ID, { email: MAIL, email_verified: true }, 'missing-claim'],
  ])('is nobody by %s', (_, rule, claims, problem) => {
    const claim = problem === 'missing-claim' ? rule.claim : 'email_verified';

    expect(personNamed(claims, rule)).toEqual({ kind: 'nobody', problem, claim });
  });
});

describe('the person of the directory', () => {
  const directory = createFileDirectory(directoryData);
  const idOf = (claims: object, rule: PersonRule) => findPerson(directory, { ...claims }, rule);

  it.each([
    [{ email: MAIL.toUpperCase() }, VOUCHED],
    [{ 'custom:employee_id': 'E-2001' }, BY_ID],
  ])('is found by %j', async (claims, rule) => {
    expect(await idOf(claims, rule)).toMatchObject({ kind: 'found', person: { employeeId: 'E-2001' } });
  });

  it.each([
    ['an id that nobody has', { 'custom:employee_id': 'E-9999' }, BY_ID],
    ['an address in the place of an id', { 'custom:employee_id': MAIL }, BY_ID],
    ['an id in the place of an address', { email: 'E-2001' }, VOUCHED],
    ['the id of somebody who has left', { 'custom:employee_id': leaver() }, BY_ID],
  ])('is nobody by %s, whose claim is named', async (_, claims, rule) => {
    expect(await idOf(claims, rule)).toEqual({ kind: 'refused', refusal: 'unknown-person', claim: rule.claim });
  });
});

function leaver(): string {
  const gone = directoryData.people.find(({ active }) => active === false);
  return gone?.employeeId ?? '';
}
