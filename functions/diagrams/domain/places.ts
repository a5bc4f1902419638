/** Which of the places that figures are kept of (`functions/insight/domain/course-parts.ts`) a state is. Pure. */
import { passedBy, type Scope } from './asl.ts';

/** Everything that people are asked is asked there, level by level. */
const LEVELS = 'open-level';

/** Beginnings of places; none: nobody is waited for there, or it is not measured. */
export function placesOf(scope: Scope, state: string): readonly string[] {
  const definition = scope.States[state];
  if (definition?.Type !== 'Task') {
    return [];
  }
  const { Resource = '' } = definition;
  const { called = '', started, kind } = passedBy(definition);
  if (started === 'approval') {
    return askedBefore(scope, state).map((subject) => (subject === 'operator' ? 'operator/' : `approval/${subject}/`));
  }
  if (!Resource.endsWith('.waitForTaskToken')) {
    return [];
  }
  return called === LEVELS ? ['approval/', 'operator/'] : [`wait/${kind ?? called.replace(/^await-/, '')}`];
}

/** What the steps ask that lead here, with questions of the machine between at most. */
function askedBefore(scope: Scope, state: string, seen: readonly string[] = []): readonly string[] {
  const before = Object.entries(scope.States).filter(
    ([name, { Next, Choices = [], Default }]) =>
      !seen.includes(name) && [Next, Default, ...Choices.map((choice) => choice.Next)].includes(state),
  );
  const subjects = before.flatMap(([name, definition]) => {
    const { subject } = passedBy(definition);
    return definition.Type === 'Choice' ? askedBefore(scope, name, [...seen, name]) : (subject ?? []);
  });
  return [...new Set(subjects)];
}
