import { describe, expect, it } from 'vitest';
import { groupsIn, groupsOfToken } from '../../../functions/sign-in/domain/groups-claim.ts';
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

describe('the groups of a token that API Gateway has checked', () => {
  it.each([
    ['cognito:groups', '[admins ops]', ['admins', 'ops']],
    ['cognito:groups', '[admins]', ['admins']],
    ['cognito:groups', '[]', []],
    ['cognito:groups', ['admins', 'ops'], ['admins', 'ops']],
    // A group of another provider whose name ends as ours is another group.
    ['custom:groups', '[my admins]', ['my admins']],
    ['custom:groups', '[my admins, ops]', ['my admins', 'ops']],
    ['custom:groups', undefined, []],
  ])('are read from %s, %j', (claim, value, groups) => {
    expect(groupsOfToken({ [claim]: value }, claim)).toEqual(groups);
  });
});

describe('roles', () => {
  it('are those whose group is named, whole and to the letter', () => {
    expect(rolesOf(['ops', 'audit', 'others'], NAMES)).toEqual(['operator', 'auditor']);
    expect(rolesOf(['Ops', 'ops2', 'my ops'], NAMES)).toEqual([]);
  });
});
