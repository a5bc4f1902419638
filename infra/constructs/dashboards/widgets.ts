/** What all dashboards are made of. Titles are in both languages: a dashboard has no language of its own. */
import { Duration } from 'aws-cdk-lib';
import {
  CustomWidget,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  Metric,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type DimensionValues,
  MEASURES,
  type MeasureName,
  NAMESPACE,
} from '../../../functions/measures/domain/catalogue.ts';
import type { Words } from '../../../functions/measures/domain/kinds.ts';
import type { WidgetName } from '../../../functions/measures/widget-names.ts';

/** What a dashboard shows at first, and a sum or percentile is of; whoever looks may choose another range. */
export const RANGE = '-P28D';
/** Columns of a dashboard. */
const WIDTH = 24;
const DAY = Duration.days(1);
/** How often standing figures are put. */
const FIVE_MINUTES = Duration.minutes(5);

/** A figure of the catalogue, as one dashboard shows it. */
export interface Figure {
  readonly measure: MeasureName;
  readonly of?: DimensionValues;
  /** Default: the sum of counts, the average of everything else. */
  readonly statistic?: string;
  /** Default: the catalogue's name. */
  readonly label?: Words;
}

export class Widgets {
  readonly #service: string;

  /** @param service - name of the stack */
  constructor(service: string) {
    this.#service = service;
  }

  /** Figures of the whole range, each as a number. */
  numbers(title: Words, figures: readonly Figure[], width = WIDTH): IWidget {
    return new SingleValueWidget({
      title: both(title),
      width,
      height: 4,
      setPeriodToTimeRange: true,
      metrics: figures.map((figure) => this.metric(figure)),
    });
  }

  /** How things stand, each as its latest number. */
  now(title: Words, figures: readonly Figure[], width = WIDTH): IWidget {
    const metrics = figures.map((figure) => this.metric(figure, FIVE_MINUTES));
    return new SingleValueWidget({ title: both(title), width, height: 4, metrics });
  }

  /** Lines over time, one point a day. */
  trend(title: Words, figures: readonly Figure[], width = WIDTH / 2): IWidget {
    return graph(title, this.#metrics(figures), width, { leftYAxis: { min: 0 } });
  }

  /** Areas one upon the other over time: the height is the whole. */
  stack(title: Words, figures: readonly Figure[], width = WIDTH / 2): IWidget {
    return graph(title, this.#metrics(figures), width, { stacked: true, leftYAxis: { min: 0 } });
  }

  /** Side by side: one bar each, of the whole range. */
  bars(title: Words, figures: readonly Figure[], width = WIDTH / 2): IWidget {
    const view = { view: GraphWidgetView.BAR, setPeriodToTimeRange: true };
    return graph(title, this.#metrics(figures), width, view);
  }

  metric({ measure, of = {}, statistic, label }: Figure, period?: Duration): IMetric {
    const { from, name, unit } = MEASURES[measure];
    const usual = from !== 'standing' && unit === 'Count' ? Stats.SUM : Stats.AVERAGE;
    return new Metric({
      namespace: NAMESPACE,
      metricName: measure,
      dimensionsMap: { service: this.#service, ...of },
      statistic: statistic ?? usual,
      label: both(label ?? name),
      period: period ?? (from === 'function' ? FIVE_MINUTES : DAY),
    });
  }

  #metrics(figures: readonly Figure[]): readonly IMetric[] {
    return figures.map((figure) => this.metric(figure));
  }
}

/** Graphs of metrics of AWS's own. */
export function serviceGraph(title: Words, metrics: readonly IMetric[]): IWidget {
  return graph(title, metrics, WIDTH / 2, {});
}

/** What a reader has to know, in both languages. */
export function note(paragraphs: readonly Words[], height = 3): IWidget {
  const text = [...paragraphs.map(({ zh }) => zh), ...paragraphs.map(({ en }) => en)].join('\n\n');
  return new TextWidget({ markdown: text, width: WIDTH, height });
}

/** The meaning of each of these figures, once. */
export function meanings(measures: readonly MeasureName[]): IWidget {
  const line = ({ name, meaning }: (typeof MEASURES)[MeasureName]) =>
    `- **${both(name)}**: ${meaning.zh} ${meaning.en}`;
  const height = Math.max(2, Math.ceil(measures.length * 0.9));
  return new TextWidget({ markdown: measures.map((one) => line(MEASURES[one])).join('\n'), width: WIDTH, height });
}

/** What no graph can say: a function writes it. */
export function custom(
  lambda: IFunction,
  title: Words,
  params: { readonly widget: WidgetName; readonly kind?: string },
  width = WIDTH / 2,
): IWidget {
  return new CustomWidget({
    ...{ functionArn: lambda.functionArn, title: both(title), params, width, height: 8 },
    // They are of now, whatever range is looked at: each further call would only cost.
    ...{ updateOnResize: false, updateOnTimeRangeChange: false },
  });
}

function both({ en, zh }: Words): string {
  return en === zh ? en : `${zh} ${en}`;
}

function graph(
  title: Words,
  metrics: readonly IMetric[],
  width: number,
  options: Partial<ConstructorParameters<typeof GraphWidget>[0]>,
): IWidget {
  return new GraphWidget({ title: both(title), left: [...metrics], width, height: 7, ...options });
}
