/** The style sheet of all pages: phone first, light and dark, system fonts. It is inline, and the CSP names its hash. */
import { createHash } from 'node:crypto';

export const STYLES = `
:root {
  color-scheme: light dark;
  --paper: #f4f5f2; --card: #ffffff; --ink: #1a2321; --soft: #56625e; --line: #dde1dc; --field: #8a9691;
  --accent: #0b5f58; --accent-ink: #ffffff; --accent-soft: #e3efec;
  --no: #9c2f2a; --no-soft: #f9e9e6; --wait: #7a5200; --wait-soft: #f8eed8;
  --focus: #1b6ef3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121715; --card: #1b2220; --ink: #e8ecea; --soft: #a3afaa; --line: #313b37; --field: #6f7c77;
    --accent: #5fc2b4; --accent-ink: #08211e; --accent-soft: #17332f;
    --no: #f0958c; --no-soft: #3a211e; --wait: #e5bd6a; --wait-soft: #352b16;
    --focus: #7eb0ff;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); font-size: 1rem; line-height: 1.55;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, p, dl, dd, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.frame { max-width: 44rem; margin: 0 auto; padding: 0 1rem 3rem; }
.frame.wide { max-width: 94rem; }
.scroll { overflow-x: auto; }
.drawing { margin-top: 1rem; border: 1px solid var(--line); border-radius: 10px; background: #ffffff; }
.drawing svg, .legend svg { display: block; }
.legend { margin-top: 0.25rem; }
.figures { width: 100%; min-width: 46rem; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.figures th, .figures td { overflow-wrap: normal; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line); text-align: right; vertical-align: top; }
.figures th:first-child { text-align: left; font-weight: 600; }
.figures thead th { border-top: 0; color: var(--soft); font-weight: 400; }
.figures .level th { font-weight: 400; padding-left: 1rem; color: var(--soft); }
.bar { display: flex; justify-content: space-between; align-items: center; min-height: 3.5rem; }
.brand { font-weight: 600; letter-spacing: 0.01em; }
.brand span { color: var(--soft); font-weight: 400; margin-left: 0.4em; }
.bar a { display: inline-block; padding: 0.6rem 0 0.6rem 0.6rem; font-size: 0.9375rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; }
.card + .card { margin-top: 1rem; }
.kind { color: var(--soft); font-size: 0.9375rem; }
h1 { font-size: 1.5rem; line-height: 1.3; font-weight: 650; margin-top: 0.125rem; }
h2 { font-size: 1rem; font-weight: 650; margin-bottom: 0.5rem; }
.sum { margin-top: 1rem; font-size: 2rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.sum-base { color: var(--soft); font-variant-numeric: tabular-nums; }
.facts { margin-top: 1.25rem; border-top: 1px solid var(--line); }
.facts > div { padding: 0.625rem 0; border-bottom: 1px solid var(--line); }
.facts > div:last-child { border-bottom: 0; padding-bottom: 0; }
dt { color: var(--soft); font-size: 0.875rem; }
.facts.plain { margin-top: 0; border-top: 0; }
.facts.plain > div:first-child { padding-top: 0; }
.lines li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.625rem 0; border-top: 1px solid var(--line); }
.lines li:first-child { border-top: 0; padding-top: 0; }
.lines li:last-child { padding-bottom: 0; }
.lines .how, .by { color: var(--soft); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.lines .amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.steps li { padding: 0.625rem 0; border-top: 1px solid var(--line); }
.steps li:first-child { border-top: 0; padding-top: 0; }
.steps li:last-child { padding-bottom: 0; }
.quote { border-left: 3px solid var(--line); padding-left: 0.75rem; margin-top: 0.375rem; white-space: pre-line; }
.notice { border-radius: 14px; padding: 1rem 1.25rem; margin-bottom: 1rem; background: var(--wait-soft); }
.notice strong { display: block; color: var(--wait); font-size: 1.0625rem; font-weight: 650; }
.notice.good { background: var(--accent-soft); }
.notice.good strong { color: var(--accent); }
.notice.bad { background: var(--no-soft); }
.notice.bad strong { color: var(--no); }
label { display: block; font-weight: 600; }
.hint { color: var(--soft); font-size: 0.875rem; margin-bottom: 0.375rem; }
.wrong { color: var(--no); font-weight: 600; margin-bottom: 0.375rem; }
textarea {
  width: 100%; min-height: 5.5rem; padding: 0.625rem 0.75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--field); border-radius: 10px; resize: vertical;
}
textarea[aria-invalid="true"], input[aria-invalid="true"] { border-color: var(--no); border-width: 2px; }
input, select {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--field); border-radius: 10px;
}
.task { display: grid; gap: 0.375rem; }
.task + .task { margin-top: 0.75rem; }
.task button { margin-top: 0.5rem; justify-self: start; }
.tasks details { border-top: 1px solid var(--line); font-size: 1rem; }
.tasks details:first-of-type { border-top: 0; }
.tasks summary { display: list-item; color: var(--accent); padding: 0.75rem 0; }
.tasks details[open] { padding-bottom: 1rem; }
.ticks { border: 0; margin: 0; padding: 0; }
.ticks legend { font-weight: 600; padding: 0; }
.ticks label { display: flex; align-items: center; gap: 0.625rem; min-height: 2.75rem; font-weight: 400; }
.ticks input { width: 1.25rem; min-height: 1.25rem; }
.alone { margin-bottom: 1rem; }
.apart { margin-top: 0.75rem; }
.apart a { display: inline-block; padding: 0.25rem 0; }
.part { display: grid; gap: 0.375rem; min-width: 0; border: 0; border-top: 1px solid var(--line); margin: 0.75rem 0 0; padding: 0.75rem 0 0; }
.part legend { font-weight: 650; padding: 0; }
.actions { display: flex; flex-direction: column; gap: 0.75rem; margin-top: 1rem; }
button {
  font: inherit; font-weight: 600; min-height: 3rem; padding: 0.625rem 1.25rem; border-radius: 10px; cursor: pointer;
  border: 1px solid var(--accent); background: var(--card); color: var(--accent);
}
button.main { background: var(--accent); color: var(--accent-ink); }
button.end { border-color: var(--no); color: var(--no); }
.foot { color: var(--soft); font-size: 0.875rem; margin-top: 1.25rem; }
.foot code { font-size: 0.8125rem; overflow-wrap: anywhere; }
.places ul, .kinds ul, .more { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; }
.places { margin-bottom: 1rem; }
.places a, .more a { display: inline-block; padding: 0.5rem 0; }
.kinds { margin-top: 0.75rem; }
.kinds ul { gap: 0.5rem; }
.kinds .tag { display: inline-block; padding: 0.375rem 0.875rem; text-decoration: none; }
.kinds [aria-current], .places [aria-current] { text-decoration: underline; font-weight: 650; }
.none { margin-top: 1rem; }
.items { margin-top: 0.75rem; }
.items > li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.875rem 0; border-top: 1px solid var(--line); }
.items > li:first-child { border-top: 0; }
.items a { font-weight: 600; }
.items .amount { font-variant-numeric: tabular-nums; white-space: nowrap; }
.items .status { margin: 0.25rem 0; }
.items .stages { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; margin-top: 0.375rem; font-size: 0.875rem; }
.stages li { padding: 0 0.625rem; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); }
.stages .done { background: var(--accent-soft); border-color: transparent; color: var(--accent); }
.stages .partly { background: var(--wait-soft); border-color: transparent; color: var(--wait); }
.tree ul { margin-left: 0.5rem; padding-left: 0.75rem; border-left: 1px solid var(--line); }
.tree li { padding-top: 0.5rem; }
.tree a, .findings a { font-weight: 600; }
.findings li { padding: 0.375rem 0; }
.status { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
.tag { border-radius: 99px; padding: 0.125rem 0.75rem; font-size: 0.875rem; background: var(--accent-soft); color: var(--accent); font-weight: 600; }
.tag.wait { background: var(--wait-soft); color: var(--wait); }
.tag.bad { background: var(--no-soft); color: var(--no); }
.events { position: relative; }
.events > li { position: relative; padding: 0 0 1rem 1.5rem; }
.events > li::before { content: ""; position: absolute; left: 0; top: 0.5rem; width: 0.625rem; height: 0.625rem; border-radius: 50%; background: var(--accent); }
.events > li::after { content: ""; position: absolute; left: 0.28rem; top: 1.25rem; bottom: -0.375rem; width: 1px; background: var(--line); }
.events > li:last-child { padding-bottom: 0; }
.events > li:last-child::after { display: none; }
.events > li.bad::before { background: var(--no); }
.events > li.quiet::before { background: var(--field); }
.events .what { font-weight: 500; }
details { font-size: 0.875rem; font-variant-numeric: tabular-nums; }
summary { color: var(--soft); cursor: pointer; padding: 0.25rem 0; display: inline-block; }
.fold { font-size: 1rem; }
.fold > summary { display: list-item; color: inherit; padding: 0.25rem 0; }
.fold > summary h2 { display: inline; margin: 0; }
.fold > summary > span:not(.status) { display: block; margin-top: 0.25rem; }
.fold[open] > summary { margin-bottom: 0.75rem; }
details dl { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: 0.25rem 1rem; padding: 0.5rem 0; }
details dt { font-size: 0.8125rem; }
details dd { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.8125rem; white-space: pre-wrap; }
@media (min-width: 40rem) {
  .frame { padding: 0 1.5rem 4rem; }
  .card { padding: 1.75rem; }
  .facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; }
  dt { font-size: 0.9375rem; }
  .actions { flex-direction: row; flex-wrap: wrap; }
}
@media print {
  body { background: none; }
  .bar a, form { display: none; }
  .card { border: 0; padding: 0; }
}
`;

/** For `style-src` of the Content-Security-Policy. */
export const STYLES_HASH = `sha256-${createHash('sha256').update(STYLES).digest('base64')}`;
