import { beforeAll, describe, expect, it } from 'vitest';
import { type Diagram, diagramsOf } from '../../../local/step-functions/paths/diagram.ts';
import { placeDiagram } from '../../../local/step-functions/paths/layout.ts';
import { pathsPage } from '../../../local/step-functions/paths/page.ts';
import { type MachinePaths, pathsOf } from '../../../local/step-functions/paths/taken.ts';
import { textReport, untakenWays } from '../../../local/step-functions/paths/text-report.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { countsOf, definition } from './paths-machine.ts';
import { call, machine, returned } from './support.ts';

let paths: MachinePaths;

beforeAll(async () => {
  paths = pathsOf('main', definition, await countsOf({ ask: () => returned(3) }));
});

describe('the report in words', () => {
  it('has the shares of each machine, and by name every way that was never taken', () => {
    expect(textReport([paths]).split('\n')).toEqual([
      'main: states 4/11, transitions 3/13, Choice branches 1/3, Retry 0/2, Catch 0/3',
      '  never taken: Ask, retry 0: Busy',
      '  never taken: Ask, retry 1: Late',
      '  never taken: Ask → Refuse, catch 0: Refused',
      '  never taken: Ask → Both, catch 1: States.ALL',
      '  never taken: IsLarge? → Both, choice 0: $states.input > 9',
      '  never taken: IsLarge? → Refuse, choice 1: $states.input < 0',
      '  never taken: Both → Done',
      '  never taken: Both, fails with what nothing catches',
      '  never taken: Both[0]/Left, ends',
      '  never taken: Both[1]/Each → Rest',
      '  never taken: Both[1]/Each → Rest, catch 0: States.ALL',
      '  never taken: Both[1]/Each[0]/Item, ends',
      '  never taken: Both[1]/Each[0]/Item, fails with what nothing catches',
      '  never taken: Both[1]/Rest, ends',
      '  never taken: Both[1]/Rest, fails with what nothing catches',
      '  never taken: Both[1]/Rest[0]/Line, ends',
      '  never taken: Refuse, fails with No',
    ]);
  });
});

describe('the diagrams', () => {
  it('have each way once, as a line or as a row', () => {
    const said = diagramsOf(paths).flatMap(({ cards, lines }) => [...cards, ...lines]);
    const counted = said.flatMap((part) => ('rows' in part ? part.rows : part.sayings));

    expect(counted).toHaveLength(paths.ways.length);
    expect(counted.filter(({ count }) => count === 0)).toHaveLength(untakenWays(paths).length);
  });

  it('put ways to a state that many lead to on the cards that they leave', () => {
    const names = ['One', 'Two', 'Three', 'Four', 'Five'];
    const steps = names.map((name, index) => [
      name,
      call('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Help' }], Next: names[index + 1] ?? 'Done' }),
    ]);
    const source = machine({
      ...Object.fromEntries(steps),
      Help: { Type: 'Fail', Error: 'Help' },
      Done: { Type: 'Succeed' },
    });
    const [diagram] = diagramsOf(pathsOf('many', parseDefinition(source), {}));

    expect(diagram?.lines.map(({ to }) => to)).toEqual(['Two', 'Three', 'Four', 'Five', 'Done']);
    expect(diagram?.cards[0]?.rows).toMatchObject([{ text: 'catch States.ALL', to: 'Help' }]);
  });

  it('lay cards out without one over another', () => {
    for (const diagram of diagramsOf(paths)) {
      expect(overlaps(diagram)).toEqual([]);
    }
  });
});

describe('the page', () => {
  it('shows what was never taken in a way of its own, and loads nothing', async () => {
    const page = await pathsPage([paths]);

    expect(page.match(/class="line untaken"/g)?.length).toBeGreaterThan(0);
    expect(page.match(/class="line taken"/g)?.length).toBeGreaterThan(0);
    expect(page).not.toMatch(/<script|<link|src=|https?:(?!\/\/www\.w3\.org)|@import|url\((?!#)/);
  });

  it('writes what stands in a definition as text', async () => {
    const evil = machine({ '<i>': { Type: 'Succeed' } });

    expect(await pathsPage([pathsOf('evil', parseDefinition(evil), {})])).not.toContain('<i>');
  });
});

function overlaps(diagram: Diagram): readonly string[] {
  const { cards } = placeDiagram(diagram);
  return cards.flatMap(({ name, box }, index) =>
    cards.slice(index + 1).flatMap((other) => {
      const apart =
        box.x + box.width <= other.box.x ||
        other.box.x + other.box.width <= box.x ||
        box.y + box.height <= other.box.y ||
        other.box.y + other.box.height <= box.y;
      return apart ? [] : [`${name} and ${other.name}`];
    }),
  );
}
