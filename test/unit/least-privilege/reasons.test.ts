import { describe, expect, test } from 'vitest';
import type { Permission } from '../../support/least-privilege/permission.ts';
import { disputed, readReasons } from '../../support/least-privilege/reasons.ts';

function permission(role: string, action: string, resource: string): Permission {
  return { role, action, resource, statement: { Effect: 'Allow', Action: [action], Resource: [resource] } };
}

const send = permission('Effects/sweep', 'sqs:SendMessage', 'Effects/mail');
const trace = permission('Effects/sweep', 'xray:PutTraceSegments', '*');
const ALL = [send, trace];

function disputes(used: readonly Permission[], ...rows: readonly string[]): readonly string[] {
  return disputed(
    ALL,
    new Set(used),
    readReasons(['# A page', '', '| What | Who | Why |', '|---|---|---|', ...rows].join('\n')),
  );
}

const TRACES = '| `xray:* on *` | `*` | Only the services do. |';
const STUCK = '| `sqs:SendMessage on Effects/*` | `Effects/sweep` | Stuck ones. |';

describe('reasons for permissions that nothing used', () => {
  test('are complete when each such permission has exactly one', () => {
    expect(disputes([], TRACES, STUCK)).toEqual([]);
    expect(disputes([send], TRACES)).toEqual([]);
  });

  test('are missed', () => {
    expect(disputes([], TRACES)).toEqual([
      'Effects/sweep: sqs:SendMessage on Effects/mail was not used, and has 0 reasons',
    ]);
  });

  test('are refused for what was used', () => {
    expect(disputes([send], TRACES, STUCK)).toEqual([
      'Effects/sweep: sqs:SendMessage on Effects/mail was used, and has a reason for not being used',
    ]);
  });

  test('are refused when there are two', () => {
    expect(disputes([send], TRACES, TRACES.replace('`*`', '`Effects/*`'))).toEqual([
      'Effects/sweep: xray:PutTraceSegments on * was not used, and has 2 reasons',
    ]);
  });

  test('are refused for nothing: another role, another action', () => {
    const rows = ['| `xray:* on *` | `Pages/*` | Why? |', '| `sqs:Receive on Effects/mail` | `*` | Why? |'];

    expect(disputes(ALL, ...rows)).toEqual(rows.map((row) => `no permission has this reason: ${row}`).sort());
  });

  test.each([
    ['a role that is gone', 'Effects/other', STUCK.replace('`Effects/sweep`', '`Effects/sweep`<br>`Effects/other`')],
    ['an action that is gone', 'states:* on *', STUCK.replace('| `sqs', '| `states:* on *`<br>`sqs')],
  ])('are refused in the part that is for nothing: %s', (_, part, row) => {
    expect(disputes([], TRACES, row)).toEqual([`no permission fits ${part} here: ${row}`]);
  });
});
