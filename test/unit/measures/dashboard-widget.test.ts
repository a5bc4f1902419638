import { describe, expect, test } from 'vitest';
import { dashboardWidget, widgetEventSchema } from '../../../functions/measures/dashboard-widget.tsx';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import { WIDGET_NAMES } from '../../../functions/measures/widget-names.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { measuring, paidPurchase, renamed, storeWith } from './measured-records.ts';

async function companyWithPurchases() {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  const paid = renamed(await paidPurchase(), 'p2p-paid');
  await storeWith(paid, world.store);
  const { deps } = measuring(world.store, { directory: world.directory });
  await measureRecord(deps, { entries: [...(await world.record(event)), ...paid] }, 'm-1');
  const now = new Date(Date.parse((await world.head(event)).startedAt) + 50 * 3_600_000);
  return { world, clock: new SettableClock(now.toISOString()) };
}

async function shown(event: unknown, more: Partial<Parameters<typeof dashboardWidget>[0]> = {}): Promise<string> {
  const { world, clock } = await companyWithPurchases();
  const recordUrl = async (processId: string) => `https://pages.example/record/${processId}`;
  const { store, directory } = world;
  const deps = { store, directory, clock, timeZone: 'Asia/Shanghai', recordUrl, ...more };
  return dashboardWidget(deps, widgetEventSchema.parse(event));
}

const chinese = { widgetContext: { locale: 'zh' } };

describe('the widget of a dashboard', () => {
  test('shows what waits longest, where it stands, with whom, and the way to its record', async () => {
    const html = await shown({ widget: 'longest-waiting', kind: 'procure-to-pay' });

    expect(html).toMatch(/<a href="https:\/\/pages\.example\/record\/P2P-\w+"[^>]*>PR-1<\/a>/);
    expect(html).toContain('Purchase approval: Manager');
    expect(html).toContain('2.1 days');
    expect(html).not.toContain('p2p-paid');
    expect(await shown({ widget: 'longest-waiting', ...chinese })).toContain('采购审批：直属经理');
  });

  test('shows the slowest nodes with their median, from the figures of the last weeks', async () => {
    const html = await shown({ widget: 'slowest-nodes' });

    const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => row.replaceAll(/<[^>]+>/g, '|'));
    expect(rows[1]).toContain('Waits for the goods');
    expect(rows[1]).toContain('days');
    expect(rows.some((row) => row.includes('Purchase approval: Manager'))).toBe(true);
  });

  test('shows who has most to do, departments as well, and money in flight', async () => {
    expect(await shown({ widget: 'approver-load' })).toMatch(/<td>[^<]+<\/td><td>D-[A-Z]+<\/td><td>1<\/td>/);
    expect(await shown({ widget: 'department-load' })).toMatch(/<td>D-[A-Z]+<\/td><td>[^<]*<\/td><td>1<\/td>/);
    expect(await shown({ widget: 'money-in-flight' })).toContain('5,960.00');
  });

  test.each(WIDGET_NAMES)('%s says that there is nothing while nothing was measured', async (widget) => {
    expect(await shown({ widget }, { store: new MemoryStore() })).toBe('<p>Nothing is there.</p>');
    expect(await shown({ widget, ...chinese }, { store: new MemoryStore() })).toBe('<p>暂无数据。</p>');
  });

  test('is told of no other', async () => {
    expect(await shown({ widget: 'constructor' })).toBe('<p>This widget is not known.</p>');
    expect(await shown({})).toBe('<p>This widget is not known.</p>');
  });

  test('describes itself', async () => {
    expect(await shown({ describe: true })).toContain('`longest-waiting`');
  });

  test('escapes whatever people or other systems wrote', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    const person = {
      employeeId: 'E',
      name: evil,
      email: 'e@x',
      locale: 'en',
      departmentId: evil,
      posts: [],
      active: true,
    } as const;
    const directory = { person: async () => person, headOf: async () => person };

    for (const widget of WIDGET_NAMES) {
      const html = await shown({ widget }, { directory, recordUrl: async () => `https://x/?a=${evil}` });
      expect(html).not.toMatch(/<(?!\/?(table|thead|tbody|tr|th|td|a|p)\b)/);
      expect(html.replaceAll(/ (href|target|rel|style)="[^"]*"/g, '')).not.toContain('onerror=alert(1)>');
    }
  });
});
