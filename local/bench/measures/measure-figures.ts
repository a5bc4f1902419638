/** How long measuring and the widgets take, by how much history there is. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { dashboardWidget } from '../../../functions/measures/dashboard-widget.tsx';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import { WIDGET_NAMES } from '../../../functions/measures/widget-names.ts';
import { generateHistory } from '../../history/generate.ts';
import { median, rounded } from '../statistics.ts';
import { FiguresStore } from './figures-store.ts';

const SIZES = [1_000, 100_000, 1_000_000];
/** Processes that have not ended, whatever the history. */
const OPEN = 40;
const LOOKS = 15;
const TIME_ZONE = 'Asia/Shanghai';

export async function measureFigures() {
  const processes = await someProcesses();
  const figures = [];
  for (const size of SIZES) {
    figures.push(await figuresOf(size, processes));
  }
  return figures;
}

/** A month of the demonstration's company. */
async function someProcesses(): Promise<readonly (readonly RecordEntry[])[]> {
  const processes: (readonly RecordEntry[])[] = [];
  for await (const told of generateHistory({ from: '2026-03-02', months: 1, seed: 5, scale: 1 })) {
    processes.push(told);
  }
  return processes;
}

async function figuresOf(size: number, processes: readonly (readonly RecordEntry[])[]) {
  const store = new FiguresStore();
  const clock = { now: () => new Date('2026-04-01T08:00:00.000Z') };
  const person = async () => undefined;
  const deps = {
    ...{ store, clock, worked: clockTime, timeZone: TIME_ZONE },
    directory: { person },
    metrics: () => undefined,
  };
  const began = performance.now();
  let [entries, count] = [0, 0];
  for (; entries < size || count < OPEN; count += 1) {
    const told = processes[count % processes.length] ?? [];
    const isOpen = count < OPEN;
    const record = told
      .slice(0, isOpen ? Math.ceil(told.length / 2) : told.length)
      .map((entry) => ({ ...entry, processId: `${entry.processId}-${count}` }));
    store.record = record;
    await measureRecord(deps, { entries: record.slice(-1) }, String(count));
    entries += record.length;
  }
  const perEntryMs = (performance.now() - began) / entries;
  const widgets = [];
  for (const widget of WIDGET_NAMES) {
    const times = [];
    for (let look = 0; look < LOOKS; look += 1) {
      store.itemsRead = 0;
      const from = performance.now();
      const recordUrl = async () => 'https://example.com/';
      await dashboardWidget({ ...deps, directory: { person, headOf: person }, recordUrl }, { widget });
      times.push(performance.now() - from);
    }
    widgets.push({ widget, ms: rounded(median(times)), itemsRead: store.itemsRead });
  }
  return { entries, processes: count, measuringMsPerEntry: rounded(perEntryMs), widgets };
}
