/** The paths of machines as one page: a diagram of each, and a table of its states and ways beside it. */
import { html, raw } from 'hono/html';
import { diagramsOf } from './diagram.ts';
import { STYLES } from './styles.ts';
import { ARROW_HEADS, cardId, type Html, svgOf, takenClass } from './svg.ts';
import type { CountedWay, MachinePaths } from './taken.ts';
import { placeOf } from './taken.ts';
import { sharesOf } from './text-report.ts';

/** A whole HTML document that loads nothing. */
export async function pathsPage(machines: readonly MachinePaths[]): Promise<string> {
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paths through the processes</title><style>${raw(STYLES)}</style></head><body>${ARROW_HEADS}
<header><h1>Paths through the processes</h1>
<p>How often each way was taken by tests that assert what the record, the ERP and the OA say at the end.</p>
<p><span class="key taken">taken</span> <span class="key untaken">never taken</span></p>
<p>Repetitions (↻) and answers that many states share stand as rows on the cards; a row's target is a link. Hold the pointer
over words to read them in full.</p>
<nav>${machines.map(({ machine }) => html`<a href="#${machine}">${machine}</a> `)}</nav></header>
${machines.map(section)}</body></html>`;
  return String(page);
}

function section(paths: MachinePaths): Html {
  const { machine } = paths;
  return html`<section id="${machine}"><h2>${machine}</h2>
<p class="shares">${sharesOf(paths).map(
    ({ what, taken, all }) =>
      html`<span class="${taken === all ? 'taken' : 'untaken'}"><b>${taken}/${all}</b> ${what}</span> `,
  )}</p>
<div class="beside"><div class="diagrams">${diagramsOf(paths).map(
    (diagram) => html`${diagram.scope === '' ? '' : html`<h3>inside ${diagram.scope}</h3>`}${svgOf(machine, diagram)}`,
  )}</div>${table(paths)}</div></section>`;
}

function table({ machine, states, ways }: MachinePaths): Html {
  return html`<table><thead><tr><th>State, and the ways out of it</th><th>Taken</th></tr></thead>${states.map(
    (state) => {
      const place = placeOf(state.scope, state.name);
      const own = ways.filter((way) => placeOf(way.scope, way.from) === place);
      return html`<tbody><tr class="state ${takenClass(state)}"><th><a href="#${cardId(machine, state.name)}">${place}</a> <small>${state.state.Type}</small></th><td>${state.count}</td></tr>${own.map(wayRow)}</tbody>`;
    },
  )}</table>`;
}

function wayRow(way: CountedWay): Html {
  const { by, to, from, when, count } = way;
  const how = by === 'next' ? 'next' : by === 'end' || by === 'failed' ? when : `${by}: ${when}`;
  return html`<tr class="${takenClass(way)}"><td>${how}${to === undefined || to === from ? '' : ` → ${to}`}</td><td>${count}</td></tr>`;
}
