import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../functions/approvals/domain/approval-events.ts';
import { statusOf } from '../../../functions/approvals/refusal-status.ts';
import { REFUSALS } from '../../../functions/approvals/refusal-words.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/approvals.md'), 'utf8');
const [, section = ''] = /^## Refusals\n(.*?)^## /msu.exec(page) ?? [];
const documented = [...section.matchAll(/^\| `(.+?)` \| (\d+) \| (.+?) \| (.+?) \|$/gmu)].map(
  ([, name = '', status, title, when = '']) => ({ name, status: Number(status), title, when }),
);

/** The type of the words has each member of the union, and nothing else. */
const isRefusal = (name: string): name is Refusal => Object.hasOwn(REFUSALS, name);
const refusals = Object.keys(REFUSALS).filter(isRefusal);

describe('docs/approvals.md', () => {
  it('has every refusal once, and none that there is not', () => {
    expect(documented.map(({ name }) => name).sort()).toEqual([...refusals].sort());
  });

  it.each(refusals)('says with which status and which words %s is answered, and when', (name) => {
    expect(documented.filter((row) => row.name === name)).toEqual([
      { name, status: statusOf(name), title: REFUSALS[name].title.en, when: expect.stringMatching(/\S/u) },
    ]);
  });
});
