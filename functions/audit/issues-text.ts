/** What a check found, in a sentence. */
import type { FactReader } from './fact-reader.ts';

/** What is wrong, field by field; in Chinese where it was written in Chinese too. */
export const issuesText = (f: FactReader): string =>
  f
    .items('issues')
    .map((issue) => {
      const [field, problem] = [issue.text('field'), issue.text('problem')];
      // Findings of a request's own checks name the field in their sentence.
      const named = problem.startsWith(`${field}:`) ? problem : `${field}: ${problem}`;
      return f.say(named, issue.text('problemZh') || named);
    })
    .join(f.say('; ', '；'));
