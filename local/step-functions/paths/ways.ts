/** Every state of a definition and every way out of each, those of machines within machines included. */
import type { MachineDefinition, State, SubMachine } from '../definition.ts';
import type { Transition } from '../execution.ts';

/** A state and where it stands. */
export interface PlacedState {
  /** Names of the states around it, outermost first, as in {@link Transition}: `Each[0]/Both[1]`. */
  readonly scope: string;
  readonly name: string;
  readonly state: State;
}

/** How a path report counts a way: what a Choice, a Retry or a Catch decides has a count of its own. */
export type WayKind = 'transition' | 'choice' | 'retry' | 'catch';

/** One way out of a state. `to` is absent at an end. */
export interface Way extends Pick<Transition, 'scope' | 'from' | 'to' | 'by'> {
  readonly kind: WayKind;
  /** What makes the state take it, in the definition's own words. */
  readonly when: string;
}

/** Where the machine of a branch or of an item's processor stands within its definition. */
export function subMachinesOf(state: State): readonly SubMachine[] {
  if (state.Type === 'Parallel') return state.Branches;
  const processor = state.Type === 'Map' ? (state.ItemProcessor ?? state.Iterator) : undefined;
  return processor === undefined ? [] : [processor];
}

/** The scope of what stands inside a state. */
export function scopeInside(scope: string, name: string, branch: number): string {
  return [...(scope === '' ? [] : [scope]), `${name}[${branch}]`].join('/');
}

/** All states, each before those that are inside it. */
export function statesOf(machine: SubMachine, scope = ''): readonly PlacedState[] {
  return Object.entries(machine.States).flatMap(([name, state]) => [
    { scope, name, state },
    ...subMachinesOf(state).flatMap((inner, branch) => statesOf(inner, scopeInside(scope, name, branch))),
  ]);
}

/**
 * All ways. A state whose Catch does not take every error may also fail what is around it: that is a way as well,
 * `failed`, as the end of a Fail state is.
 */
export function waysOf(definition: MachineDefinition): readonly Way[] {
  return statesOf(definition).flatMap(({ scope, name, state }) =>
    waysOutOf(state, name).map((way) => ({ scope, from: name, ...way })),
  );
}

type WayOut = Omit<Way, 'scope' | 'from'>;

function waysOutOf(state: State, name: string): readonly WayOut[] {
  switch (state.Type) {
    case 'Choice':
      return [
        ...state.Choices.map(({ Condition, Next }, index) => ({
          kind: 'choice' as const,
          by: `choice ${index}` as const,
          to: Next,
          when: bare(String(Condition)),
        })),
        ...(state.Default === undefined
          ? []
          : [{ kind: 'choice' as const, by: 'default' as const, to: state.Default, when: 'otherwise' }]),
      ];
    case 'Succeed':
      return [{ kind: 'transition', by: 'end', when: 'ends' }];
    case 'Fail':
      return [{ kind: 'transition', by: 'failed', when: `fails with ${state.Error ?? 'no error name'}` }];
    case 'Task':
    case 'Parallel':
    case 'Map':
      return [...onward(state), ...failures(state, name)];
    default:
      return onward(state);
  }
}

function onward({ Next }: { readonly Next?: string }): readonly WayOut[] {
  return Next === undefined
    ? [{ kind: 'transition', by: 'end', when: 'ends' }]
    : [{ kind: 'transition', by: 'next', to: Next, when: '' }];
}

function failures(
  {
    Retry = [],
    Catch = [],
  }: Extract<State, { Type: 'Task' }> | Extract<State, { Type: 'Parallel' }> | Extract<State, { Type: 'Map' }>,
  name: string,
): readonly WayOut[] {
  const takesAll = Catch.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
  return [
    ...Retry.map(({ ErrorEquals }, index) => ({
      kind: 'retry' as const,
      by: `retry ${index}` as const,
      to: name,
      when: ErrorEquals.join(', '),
    })),
    ...Catch.map(({ ErrorEquals, Next }, index) => ({
      kind: 'catch' as const,
      by: `catch ${index}` as const,
      to: Next,
      when: ErrorEquals.join(', '),
    })),
    ...(takesAll
      ? []
      : [{ kind: 'transition' as const, by: 'failed' as const, when: 'fails with what nothing catches' }]),
  ];
}

/** An expression without its `{% %}`. */
function bare(text: string): string {
  return text.replace(/^\{%\s*|\s*%\}$/g, '');
}
