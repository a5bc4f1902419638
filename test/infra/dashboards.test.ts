/** What managers look at, and that somebody puts what it shows. */
import { describe, expect, test } from 'vitest';
import {
  type DimensionValues,
  MEASURES,
  type MeasureName,
  seriesOf,
} from '../../functions/measures/domain/catalogue.ts';
import { MEASURED_KIND_NAMES } from '../../functions/measures/domain/kinds.ts';
import { WIDGET_NAMES } from '../../functions/measures/widget-names.ts';
import { ofType, readable, type Synthesized, synthesize, wholeCompany } from './synthesize.ts';

const whole = synthesize(wholeCompany);

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly endpoint?: string;
    readonly params?: { readonly widget: string; readonly kind?: string };
  };
}

/** By name, with the references in their bodies made text. */
function dashboardsOf(template: Synthesized): ReadonlyMap<string, readonly Widget[]> {
  return new Map(
    ofType(template, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) => {
      const body: { widgets: readonly Widget[] } = JSON.parse(readable(template, Properties.DashboardBody));
      return [String(Properties.DashboardName), body.widgets];
    }),
  );
}

const dashboards = dashboardsOf(whole);
const widgets = [...dashboards.values()].flat();

/** Metrics of Meridian that a widget names, with their dimensions. */
function namedIn({ properties: { metrics = [] } }: Widget): readonly { name: string; of: Record<string, string> }[] {
  return metrics.flatMap(([namespace, name, ...rest]) => {
    const dimensions = rest.filter((one) => typeof one === 'string');
    const of: Record<string, string> = {};
    for (let index = 0; index < dimensions.length; index += 2) {
      of[String(dimensions[index])] = String(dimensions[index + 1]);
    }
    return namespace === 'Meridian' ? [{ name: String(name), of }] : [];
  });
}

describe('dashboards', () => {
  test('are there for everything, for each process, for approvals, compliance and operations', () => {
    const names = ['overview', 'approvals', 'compliance', 'operations', ...MEASURED_KIND_NAMES];

    expect([...dashboards.keys()].sort()).toEqual(names.map((name) => `meridian-${name}`).sort());
    expect([...dashboardsOf(synthesize()).keys()]).not.toContain('meridian-replenishment');
  });

  test('show no metric that nobody puts, nor one of a dimension or value that it does not have', () => {
    const named = widgets.flatMap(namedIn);
    const wrong = named.filter(({ name, of: { service, ...values } }) => {
      const series = Object.hasOwn(MEASURES, name) ? seriesOf(name as MeasureName) : [];
      const inOrder = ({ Kind, Phase, Node, Outcome }: DimensionValues) => JSON.stringify([Kind, Phase, Node, Outcome]);
      return service !== 'meridian' || !series.map(inOrder).includes(inOrder(values));
    });

    expect(wrong).toEqual([]);
    expect(named.length).toBeGreaterThan(500);
  });

  test('show every metric of the catalogue, but for those that an alarm alone is for', () => {
    const shown = new Set(widgets.flatMap(namedIn).map(({ name }) => name));

    expect(Object.keys(MEASURES).filter((name) => !shown.has(name))).toEqual([
      'EffectsSentAgain',
      'WaitsWithoutCalendar',
      'CalendarDaysLeft',
    ]);
  });

  test('use no metric maths, which the local cloud cannot do', () => {
    expect(JSON.stringify(widgets)).not.toContain('expression');
  });

  test('ask the function for widgets that it knows', () => {
    const asked = widgets.filter(({ type }) => type === 'custom').map(({ properties }) => properties);

    expect(new Set(asked.map(({ params }) => params?.widget))).toEqual(new Set(WIDGET_NAMES));
    expect(asked.filter(({ endpoint }) => !endpoint?.includes('dashboard-widget'))).toEqual([]);
    const kinds = asked.flatMap(({ params }) => params?.kind ?? []);
    expect(kinds.filter((kind) => !(MEASURED_KIND_NAMES as readonly string[]).includes(kind))).toEqual([]);
  });

  test('have titles in both languages', () => {
    const titles = [...dashboards].flatMap(([name, all]) =>
      name === 'meridian-operations' ? [] : all.flatMap(({ properties }) => properties.title ?? []),
    );

    expect(titles.filter((title) => !/[一-鿿]/.test(title) || !/[A-Za-z]{3}/.test(title))).toEqual([]);
  });

  test.each([...dashboards])('%s has room for each widget, and no more than CloudWatch takes', (_name, all) => {
    const overlapping = all.filter((one, index) =>
      all
        .slice(index + 1)
        .some(
          (other) =>
            one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height,
        ),
    );

    expect(overlapping).toEqual([]);
    expect(all.filter(({ x, width }) => x + width > 24)).toEqual([]);
    expect(all.length).toBeLessThan(100);
    const metrics = all.map(({ properties }) => properties.metrics?.length ?? 0);
    expect(metrics.filter((count) => count > 500)).toEqual([]);
  });
});

describe('alarms', () => {
  test('watch no metric of Meridian that nobody puts', () => {
    const watched = ofType(whole, 'AWS::CloudWatch::Alarm')
      .map(([, { Properties }]) => Properties)
      .filter(({ Namespace }) => Namespace === 'Meridian')
      .map(({ MetricName }) => String(MetricName));

    expect(watched.filter((name) => !Object.hasOwn(MEASURES, name))).toEqual([]);
    expect(watched.length).toBeGreaterThan(3);
  });
});
