import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import { openDiagrams } from './open-diagrams.ts';

/** The head of a department, and somebody of it who is none. */
const HEAD = 'E-3001';
const CLERK = 'E-1001';

describe('the pages of diagrams', () => {
  it('list every process, each with its slowest node', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);

    const { status, text } = await head.get('/processes?lang=en');

    expect(status).toBe(200);
    expect(text).toContain('<a href="/processes/procure-to-pay?weeks=4">Purchase to payment</a>');
    expect(text).toMatch(/Slowest · Waits for the goods · \d/);
    expect(text).toContain('Nothing was waited for in this time.');
  });

  it('draw a process with the waiting time in its nodes, and say the same in a table', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);

    const { text } = await head.get('/processes/procure-to-pay?lang=en');

    const row = /<th scope="row">Await goods receipt<\/th>(.*?)<\/tr>/s.exec(text)?.[1] ?? '';
    const [visits, median = '', most = ''] = [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell);
    expect(visits).toBe('1');
    expect(median).toMatch(/^\d+ h$/);
    expect(text).toContain(`font-weight="700">${median} / ${most}</text>`);
    expect(text).toMatch(/<th scope="row">Await release<\/th><td>0<\/td><td>–<\/td>/);
  });

  it('show figures of as many weeks as are asked for, and of four where it is no choice', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);
    const chosen = async (query: string) =>
      /href="\/processes\?weeks=(\d+)" aria-current="page"/.exec((await head.get(`/processes${query}`)).text)?.[1];

    expect([await chosen('?weeks=13'), await chosen(''), await chosen('?weeks=5200')]).toEqual(['13', '4', '4']);
  });

  it('show approvals of all processes together', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);

    const { text } = await head.get('/processes/approval?lang=en');

    expect(text).toMatch(/<th scope="row">Open level<\/th><td>[1-9]/);
    expect(text).toContain('Payment approval: ');
  });

  it('give the file of BPMN under its name, in the language of its reader', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);

    const { status, headers, text } = await head.get('/processes/payroll-run/bpmn?lang=zh');

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/xml; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="payroll-run.bpmn"');
    expect((await new BpmnModdle().fromXML(text)).warnings).toEqual([]);
    expect(text).toContain('name="汇总考勤"');
  });

  it('know no other process, whatever is typed', async () => {
    const { signIn } = await openDiagrams();
    const head = await signIn(HEAD);

    for (const path of ['/processes/nothing', '/processes/constructor', '/processes/..%2f..%2fetc%2fpasswd/bpmn']) {
      expect((await head.get(path)).status, path).toBe(404);
    }
  });

  it('are for heads of departments, operators and auditors', async () => {
    const { signIn, visit, logged } = await openDiagrams();
    const statusOf = async (...who: Parameters<typeof signIn>) =>
      (await (await signIn(...who)).get('/processes/procure-to-pay')).status;

    expect(await statusOf(CLERK)).toBe(403);
    expect(logged).toEqual(['refused figures of processes']);
    expect(await statusOf(CLERK, ['administrator'])).toBe(403);
    expect(await statusOf(CLERK, ['operator'])).toBe(200);
    expect(await statusOf(CLERK, ['auditor'])).toBe(200);
    expect((await visit('/processes')).status).toBe(302);
  });
});
