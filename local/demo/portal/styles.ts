/** The portal looks like Meridian's own pages; added is what lists, forms and the places need. */
import { createHash } from 'node:crypto';
import { STYLES } from '../../../functions/pages/styles.ts';

export const PORTAL_STYLES = `${STYLES}
.frame { max-width: 52rem; }
.frame.wide { max-width: 90rem; }
.board { display: grid; gap: 1rem; }
.board h1 { font-size: 1.25rem; }
.widget { min-width: 0; overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
.widget h2 { margin: 0 0 0.75rem; font-size: 0.9375rem; font-weight: 650; }
.widget th { white-space: nowrap; }
.widget td { overflow-wrap: normal; }
.widget td, .widget th { padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; text-align: left; font-size: 0.875rem; }
.widget p { margin: 0.25rem 0; font-size: 0.875rem; }
.drawing { width: 100%; height: auto; color: var(--soft); }
.numbers { display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; margin: 0; }
.numbers dt { color: var(--soft); font-size: 0.8125rem; }
.numbers dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.8125rem; color: var(--soft); margin-top: 0.5rem; }
.bar .brand a { display: inline; padding: 0; font-size: inherit; color: inherit; text-decoration: none; }
.stage { color: var(--soft); font-size: 0.875rem; }
.places { display: flex; overflow-x: auto; margin: 0.5rem -1rem 1.5rem; padding: 0 0.5rem; border-bottom: 1px solid var(--line); }
.places a {
  padding: 0.75rem 0.5rem; margin-bottom: -1px; white-space: nowrap; font-size: 0.9375rem; color: var(--soft);
  text-decoration: none; border-bottom: 2px solid transparent;
}
.places a:hover { color: var(--ink); }
.places a[aria-current] { color: var(--accent); border-color: var(--accent); font-weight: 600; }
.top { margin-bottom: 1.25rem; }
.top p { color: var(--soft); margin-top: 0.25rem; }
.notice a { font-weight: 600; }
.notice li + li { margin-top: 0.5rem; }
.empty { color: var(--soft); }
.rows > li { padding: 0.875rem 0; border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; padding-top: 0; }
.rows > li:last-child { padding-bottom: 0; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 1rem; align-items: baseline; }
.row .name { font-weight: 600; flex: 1 1 10rem; }
.row .figure { font-variant-numeric: tabular-nums; white-space: nowrap; }
.meta { color: var(--soft); font-size: 0.875rem; }
.tags { display: flex; flex-wrap: wrap; gap: 0.375rem; margin-top: 0.375rem; }
.tags .tag { font-size: 0.8125rem; padding: 0.0625rem 0.625rem; }
.tag.quiet { background: none; border: 1px solid var(--line); color: var(--soft); font-weight: 400; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-top: 0.75rem; }
.buttons .meta { flex-basis: 100%; }
.buttons button, .buttons .button { min-height: 2.75rem; padding: 0.375rem 0.875rem; font-size: 0.9375rem; }
.button {
  display: inline-block; text-align: center; font-weight: 600; min-height: 3rem; padding: 0.6875rem 1.25rem; border-radius: 10px; line-height: 1.4;
  border: 1px solid var(--accent); background: var(--card); color: var(--accent); text-decoration: none;
}
.button.main { background: var(--accent); color: var(--accent-ink); }
.buttons .button { line-height: 1.9; }
.part { margin-top: 1.25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
.part h3 { margin: 0 0 0.5rem; font-size: 0.9375rem; font-weight: 650; }
.story { counter-reset: story; }
.story > li { counter-increment: story; position: relative; padding: 0 0 1rem 2.25rem; }
.story > li:last-child { padding-bottom: 0; }
.story > li::before {
  content: counter(story); position: absolute; left: 0; top: 0; width: 1.5rem; height: 1.5rem; border-radius: 50%; text-align: center;
  line-height: 1.5rem; font-size: 0.8125rem; font-weight: 600; background: var(--accent-soft); color: var(--accent);
}
.bullets { list-style: disc; padding-left: 1.25rem; }
.bullets li + li { margin-top: 0.5rem; }
.field { margin-bottom: 1rem; }
.fields { display: grid; gap: 0 1rem; }
input, select {
  width: 100%; min-height: 2.75rem; padding: 0.375rem 0.75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--field); border-radius: 10px;
}
input[aria-invalid="true"] { border-color: var(--no); border-width: 2px; }
.products { border: 0; border-top: 1px solid var(--line); margin: 0.5rem 0 1rem; padding: 1rem 0 0; }
.products legend { float: left; width: 100%; font-weight: 650; padding: 0; }
.products legend + * { clear: both; }
input.figure { text-align: right; font-variant-numeric: tabular-nums; }
.choices { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.choices a { border: 1px solid var(--line); border-radius: 10px; padding: 0.5rem 0.875rem; text-decoration: none; color: inherit; background: var(--card); }
.choices a[aria-current] { border-color: var(--accent); background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.products .hint { margin-bottom: 0.75rem; }
.product { display: grid; grid-template-columns: 1fr 1fr; gap: 0.25rem 0.75rem; padding: 0.875rem 0; border-top: 1px solid var(--line); }
.product > p, .product > .wrong { grid-column: 1 / -1; }
.product label { font-size: 0.875rem; font-weight: 400; color: var(--soft); }
.letter { display: block; width: 100%; height: 58rem; border: 1px solid var(--line); border-radius: 14px; background: #f4f5f2; }
pre { white-space: pre-wrap; font: inherit; margin: 0.5rem 0 0; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.875em; }
@media (min-width: 40rem) {
  .places { margin: 0.5rem 0 1.5rem; padding: 0; }
  .places a { padding: 0.75rem 0.875rem; }
  .fields { grid-template-columns: 1fr 1fr; }
  .board { grid-template-columns: 1fr 1fr; }
  .widget.whole { grid-column: 1 / -1; }
  .letter { height: 46rem; }
  .product { grid-template-columns: 1fr 8rem 9rem; align-items: end; }
  .product > p { grid-column: auto; }
}
`;

/** For `style-src` of the Content-Security-Policy. */
export const PORTAL_STYLES_HASH = `sha256-${createHash('sha256').update(PORTAL_STYLES).digest('base64')}`;
