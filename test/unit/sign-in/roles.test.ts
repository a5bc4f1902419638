import { describe, expect, it } from 'vitest';
import { groupsIn } from '../../../functions/sign-in/openid/groups-claim.ts';
import { rolesOf } from '../../../functions/sign-in/roles.ts';

const NAMES = { administrator: 'admins', operator: 'ops', auditor: 'audit' };

describe('the groups of a claim', () => {
  it.each([
    [
      ['admins', 'ops'],
      ['admins', 'ops'],
    ],
    ['[admins, ops]', ['admins', 'ops']],
    ['["admins","ops"]', ['admins', 'ops']],
    ['admins', ['admins']],
    ['', []],
    ['[]', []],
    [['admins', 7, null], ['admins']],
    [undefined, []],
    [{ admins: true }, []],
  ])('are read from %j', (claim, groups) => {
    expect(groupsIn(claim)).toEqual(groups);
  });
});

describe('roles', () => {
  it('are those whose group is named, whole and to the letter', () => {
    expect(rolesOf(['ops', 'audit', 'others'], NAMES)).toEqual(['operator', 'auditor']);
    expect(rolesOf(['Ops', 'ops2', 'my ops'], NAMES)).toEqual([]);
  });
});
