/** The look of the page, on a screen and on paper. */
export const STYLES = `
:root { --taken: #0b6e4f; --untaken: #c1121f; --ink: #1d2733; --quiet: #5b6773; }
* { box-sizing: border-box; }
body { margin: 0; padding: 20px 28px; font: 14px/1.45 system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif; color: var(--ink); background: #fff; }
h1 { font-size: 22px; margin: 0 0 6px; } h2 { font-size: 19px; margin: 28px 0 6px; } h3 { font-size: 15px; margin: 20px 0 6px; }
header p { margin: 4px 0; max-width: 100ch; }
a { color: inherit; }
.key { padding: 0 8px; border-radius: 4px; border: 2px solid; font-weight: 600; } .key.untaken { border-style: dashed; }
.taken { color: var(--taken); } .untaken { color: var(--untaken); }
.shares span { margin-right: 18px; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) 440px; gap: 24px; align-items: start; }
.diagrams { overflow-x: auto; }
svg.diagram { display: block; max-width: 100%; height: auto; font-family: inherit; }
.line { fill: none; stroke-width: 1.6; } .line.taken { stroke: var(--taken); } .line.untaken { stroke: var(--untaken); stroke-dasharray: 7 4; stroke-width: 2.2; }
.head.taken { fill: var(--taken); } .head.untaken { fill: var(--untaken); }
.label { fill: #fff; fill-opacity: 0.94; }
.words { font-size: 12px; } .words.taken, .row.taken { fill: var(--ink); } .words.untaken, .row.untaken { fill: var(--untaken); font-weight: 700; }
.row { font-size: 12px; }
.name { font-size: 14px; font-weight: 650; fill: var(--ink); } .type { font-size: 11px; fill: var(--quiet); }
.body { stroke-width: 1.6; fill: #f3f4f6; } .card.taken .body { stroke: var(--taken); } .card.untaken .body { stroke: var(--untaken); stroke-dasharray: 7 4; stroke-width: 2.4; }
.card:target .body { stroke-width: 4; }
.Task .body { fill: #eaf2fb; } .Choice .body { fill: #fff5d9; } .Wait .body { fill: #f0e9fb; } .Succeed .body { fill: #e2f4e6; }
.Fail .body { fill: #f8e4ec; } .Parallel .body, .Map .body { fill: #e2f4f4; }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; }
th, td { text-align: left; padding: 2px 6px; vertical-align: top; border-bottom: 1px solid #e4e7eb; overflow-wrap: anywhere; }
td:last-child, thead th:last-child { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
tr.state > * { background: #f3f4f6; } tr.taken > *, tr.state.taken > * { color: var(--ink); } tr.untaken > * { color: var(--untaken); font-weight: 700; }
tr:not(.state) td:first-child { padding-left: 20px; } small { color: var(--quiet); font-weight: 400; }
@media (max-width: 1000px) { .beside { display: block; } }
@media print {
  @page { size: A3 portrait; margin: 12mm; }
  body { padding: 0; } svg.diagram { min-width: 0 !important; } .beside { display: block; } nav { display: none; }
  section + section { break-before: page; } table { display: block; columns: 2; margin-top: 16px; } tbody { break-inside: avoid; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
