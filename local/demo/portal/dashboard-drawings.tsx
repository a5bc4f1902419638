/** What graphs of a dashboard look like, drawn on the server: lines, areas, bars and numbers. Colours are those of the pages. */
import type { Language } from '../../../functions/pages/language.ts';
import type { Series } from './dashboard-data.ts';

interface DrawingProps {
  readonly series: readonly Series[];
  readonly language: Language;
  /** What a reader who sees no picture is told. */
  readonly title: string;
}

const COLOURS = [
  '#0b5f58',
  '#b5651d',
  '#3b6ea5',
  '#8a3ffc',
  '#a2262f',
  '#5a7d2a',
  '#7a5c00',
  '#00707c',
  '#6b4c9a',
  '#4d5358',
];
const INK = 'currentColor';
const WIDTH = 560;
const HEIGHT = 200;
const LEFT = 52;
const BOTTOM = 22;
/** Bars in one drawing; what has no value has no bar. */
const BAR_HEIGHT = 22;
const DAY = 86_400_000;

/** The latest value of each, or that of the whole range. */
export function Numbers({ series, language }: DrawingProps) {
  return (
    <dl class="numbers">
      {series.map(({ label, points }) => (
        <div>
          <dt>{label}</dt>
          <dd>{numberText(points.at(-1)?.value, language)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One bar each, of the whole range. */
export function Bars({ series, language, title }: DrawingProps) {
  const shown = series.flatMap(({ label, points }) => {
    const value = points.at(-1)?.value;
    return value === undefined ? [] : [{ label, value }];
  });
  if (shown.length === 0) {
    return <Nothing language={language} />;
  }
  const most = Math.max(...shown.map(({ value }) => value), 0) || 1;
  const height = shown.length * BAR_HEIGHT;
  const from = 0.42 * WIDTH;
  return (
    <svg class="drawing" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
      {shown.map(({ label, value }, index) => {
        const y = index * BAR_HEIGHT;
        const width = Math.max(1, ((WIDTH - from - 70) * Math.max(0, value)) / most);
        return (
          <g>
            <text x={from - 8} y={y + 15} text-anchor="end" font-size="12" fill={INK}>
              {label}
            </text>
            <rect x={from} y={y + 4} width={width} height={BAR_HEIGHT - 8} fill={colour(0)} rx="2" />
            <text x={from + width + 6} y={y + 15} font-size="12" fill={INK}>
              {numberText(value, language)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Over time: lines, or areas one upon the other. */
export function Lines({ series, language, title, isStacked }: DrawingProps & { readonly isStacked: boolean }) {
  const known = series.filter(({ points }) => points.length > 0);
  const times = [...new Set(known.flatMap(({ points }) => points.map(({ at }) => at.getTime())))].sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) {
    return <Nothing language={language} />;
  }
  const rows = isStacked ? stacked(known, times) : known.map((one) => ({ ...one, floor: undefined }));
  const most = Math.max(...rows.flatMap(({ points }) => points.map(({ value }) => value)), 0) || 1;
  const x = (at: number) => LEFT + ((WIDTH - LEFT - 8) * (at - first)) / Math.max(last - first, DAY);
  const y = (value: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - 8) * value) / most;
  const path = (points: Series['points']) =>
    points.map(({ at, value }) => `${x(at.getTime()).toFixed(1)},${y(value).toFixed(1)}`);
  return (
    <>
      <svg class="drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {[0, most / 2, most].map((value) => (
          <g>
            <line x1={LEFT} x2={WIDTH - 8} y1={y(value)} y2={y(value)} stroke={INK} stroke-opacity="0.15" />
            <text x={LEFT - 6} y={y(value) + 4} text-anchor="end" font-size="11" fill={INK}>
              {numberText(value, language)}
            </text>
          </g>
        ))}
        {[first, last].map((at, index) => (
          <text x={x(at)} y={HEIGHT - 6} text-anchor={index === 0 ? 'start' : 'end'} font-size="11" fill={INK}>
            {dayText(at, language)}
          </text>
        ))}
        {rows.map(({ points, floor }, index) =>
          floor === undefined ? (
            <polyline points={path(points).join(' ')} fill="none" stroke={colour(index)} stroke-width="2" />
          ) : (
            <polygon
              points={[...path(points), ...path(floor).reverse()].join(' ')}
              fill={colour(index)}
              fill-opacity="0.7"
            />
          ),
        )}
      </svg>
      <ul class="legend">
        {known.map(({ label }, index) => (
          <li>
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" rx="2" fill={colour(index)} />
            </svg>{' '}
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Each upon those before it; a time without a value has none of it. */
function stacked(series: readonly Series[], times: readonly number[]) {
  let floor = times.map((at) => ({ at: new Date(at), value: 0 }));
  return series.map(({ label, points }) => {
    const values = new Map(points.map(({ at, value }) => [at.getTime(), value]));
    const below = floor;
    const above = below.map(({ at, value }) => ({ at, value: value + (values.get(at.getTime()) ?? 0) }));
    floor = above;
    return { label, points: above, floor: below };
  });
}

function Nothing({ language }: { readonly language: Language }) {
  return <p class="empty">{language === 'en' ? 'No values yet.' : '暂无数据。'}</p>;
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? INK;
}

function numberText(value: number | undefined, language: Language): string {
  return value === undefined
    ? '–'
    : new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 2 : 0 }).format(value);
}

function dayText(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(at);
}
