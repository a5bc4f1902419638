/** `npm run policy`, as it is started in a terminal. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-policy-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function policy(...args: readonly string[]): Promise<{ code: number; said: string; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['local/tools/policy.ts', ...args], { cwd: ROOT }, (_, said, errors) =>
      resolve({ code: child.exitCode ?? -1, said, errors }),
    );
  });
}

/** The first request that `docs/rules.md` shows. */
async function documentedRequest(): Promise<string> {
  const page = await readFile(join(ROOT, 'docs/rules.md'), 'utf8');
  return /`npm run policy -- explain request\.json`.*?```json\n(.*?)```/s.exec(page)?.[1] ?? '';
}

async function requestFile(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

describe('npm run policy', () => {
  it('finds nothing to mend in the tables of the demonstration', async () => {
    const { code, said } = await policy('lint');

    expect(said.trim().split('\n').at(-1)).toMatch(/^0 to mend, \d+ remarks$/);
    expect(code).toBe(0);
  });

  it('explains the request of the documentation', async () => {
    const { code, said } = await policy('explain', await requestFile('request.json', await documentedRequest()));

    expect(said).toContain('order of 24000.00 for CC-E100, requested by');
    expect(said).toMatch(/\nwho is asked:\n1\. Manager \(any\): .+ \(E-\d{4}\)\n/);
    expect(code).toBe(0);
  });

  it('ends with 1 where nobody may approve it, and says why', async () => {
    const own = { subject: 'order', amount: '24000.00', costCentre: 'CC-100', requesterId: 'E-0001' };
    const { code, said } = await policy('explain', await requestFile('own.json', JSON.stringify(own)));

    expect(said).toContain('nobody may approve it: ');
    expect(code).toBe(1);
  });

  it('names each field of a request that it cannot read, and ends with 2', async () => {
    const wrong = { subject: 'gift', amount: '1,000', costCentre: 'CC-100', requesterId: 'E-1001' };
    const { code, said, errors } = await policy('explain', await requestFile('wrong.json', JSON.stringify(wrong)));

    expect([code, said]).toEqual([2, '']);
    expect(errors).toMatch(/at subject/);
    expect(errors).toMatch(/at amount/);
  });

  it('says what another folder of tables would send another way, and which cell of it is wrong', async () => {
    const [other, broken] = [join(folder, 'other'), join(folder, 'broken')];
    const levels = 'approval-levels.dmn';
    for (const [target, amount] of [
      [other, '&gt; 6000'],
      [broken, '&gt; 6,000'],
    ] as const) {
      await cp(join(ROOT, 'rules'), target, { recursive: true });
      const xml = await readFile(join(target, levels), 'utf8');
      await writeFile(join(target, levels), xml.replaceAll('<text>&gt; 5000</text>', `<text>${amount}</text>`));
    }

    const [same, changed, refused] = await Promise.all([
      policy('diff', 'rules', 'rules'),
      policy('diff', 'rules', other),
      policy('lint', '--rules', broken),
    ]);

    expect(same).toMatchObject({ code: 0, said: 'every request goes the same way\n' });
    expect(changed.code).toBe(0);
    expect(changed.said).toMatch(/^approval-levels: .*amount above\s+5000 up to 6000/s);
    expect(refused.code).toBe(1);
    expect(refused.errors + refused.said).toMatch(
      /approval-levels\.dmn, table "Approval levels", row \d+, column "amount"/,
    );
  });

  it('writes a spreadsheet that changes nothing when it comes back', async () => {
    const sheet = join(folder, 'matrix.xlsx');

    expect(await policy('export', sheet)).toMatchObject({ code: 0, errors: '' });
    expect(await policy('import', sheet)).toMatchObject({ code: 0, said: 'nothing changes\n' });
  });

  it('says how it is used where it is asked for something else', async () => {
    expect(await policy('explain')).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^usage:\n {2}npm run policy/),
    });
    expect(await policy('explain', join(folder, 'nothing.json'))).toMatchObject({ code: 2 });
  });
});
