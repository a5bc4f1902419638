import { describe, expect, it } from 'vitest';
import { pathsOf, wayKey } from '../../../local/step-functions/paths/taken.ts';
import { statesOf, waysOf } from '../../../local/step-functions/paths/ways.ts';
import { countsOf, definition } from './paths-machine.ts';
import { returned, threw } from './support.ts';

describe('the ways of a definition', () => {
  it('are those out of all its states, also inside branches and iterations', () => {
    expect(waysOf(definition).map((way) => [wayKey(way), way.kind, way.to ?? null, way.when])).toEqual([
      ['Ask (next)', 'transition', 'IsLarge?', ''],
      ['Ask (retry 0)', 'retry', 'Ask', 'Busy'],
      ['Ask (retry 1)', 'retry', 'Ask', 'Late'],
      ['Ask (catch 0)', 'catch', 'Refuse', 'Refused'],
      ['Ask (catch 1)', 'catch', 'Both', 'States.ALL'],
      ['IsLarge? (choice 0)', 'choice', 'Both', '$states.input > 9'],
      ['IsLarge? (choice 1)', 'choice', 'Refuse', '$states.input < 0'],
      ['IsLarge? (default)', 'choice', 'Wait', 'otherwise'],
      ['Wait (next)', 'transition', 'Done', ''],
      ['Both (next)', 'transition', 'Done', ''],
      ['Both (failed)', 'transition', null, 'fails with what nothing catches'],
      ['Both[0]/Left (end)', 'transition', null, 'ends'],
      ['Both[1]/Each (next)', 'transition', 'Rest', ''],
      ['Both[1]/Each (catch 0)', 'catch', 'Rest', 'States.ALL'],
      ['Both[1]/Each[0]/Item (end)', 'transition', null, 'ends'],
      ['Both[1]/Each[0]/Item (failed)', 'transition', null, 'fails with what nothing catches'],
      ['Both[1]/Rest (end)', 'transition', null, 'ends'],
      ['Both[1]/Rest (failed)', 'transition', null, 'fails with what nothing catches'],
      ['Both[1]/Rest[0]/Line (end)', 'transition', null, 'ends'],
      ['Done (end)', 'transition', null, 'ends'],
      ['Refuse (failed)', 'transition', null, 'fails with No'],
    ]);
    expect(statesOf(definition)).toHaveLength(11);
  });
});

describe('the ways that executions took', () => {
  it('are counted with the repetitions of attempts, which leave no state', async () => {
    const answers = [threw('Busy'), threw('Late'), threw('Busy'), returned(3)];
    const counts = await countsOf({ ask: () => answers.shift() ?? returned(0) });

    expect(counts).toEqual({
      'Ask (retry 0)': 2,
      'Ask (retry 1)': 1,
      'Ask (next)': 1,
      'IsLarge? (default)': 1,
      'Wait (next)': 1,
      'Done (end)': 1,
    });
    const { states, ways } = pathsOf('main', definition, counts);
    expect(states.filter(({ count }) => count > 0).map(({ name, count }) => [name, count])).toEqual([
      ['Ask', 1],
      ['IsLarge?', 1],
      ['Wait', 1],
      ['Done', 1],
    ]);
    expect(ways.filter(({ count }) => count === 0)).toHaveLength(15);
  });

  it('are those of branches, of iterations and of the child executions of distributed Maps too', async () => {
    const counts = await countsOf({
      ask: () => threw('Odd'),
      item: (item) => (item === 2 ? threw('Odd') : returned(item)),
    });

    expect(counts).toEqual({
      'Ask (catch 1)': 1,
      'Both[0]/Left (end)': 1,
      'Both[1]/Each[0]/Item (end)': 1,
      'Both[1]/Each[0]/Item (failed)': 1,
      'Both[1]/Each (catch 0)': 1,
      'Both[1]/Rest[0]/Line (end)': 3,
      'Both[1]/Rest (end)': 1,
      'Both (next)': 1,
      'Done (end)': 1,
    });
  });

  it('are ends with failures too', async () => {
    expect(await countsOf({ ask: () => threw('Refused') })).toEqual({ 'Ask (catch 0)': 1, 'Refuse (failed)': 1 });
  });
});
