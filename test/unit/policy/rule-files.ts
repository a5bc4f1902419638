/** The demonstration company's tables as files, for tests that change them. */
import { type RuleFile, readRuleFiles } from '../../../functions/policy/compile-rules.ts';

export const ruleFiles: readonly RuleFile[] = await readRuleFiles('rules');

/** The tables where one says something else, wherever it says `from`. */
export function rulesWith(from: string, to: string): readonly RuleFile[] {
  return ruleFiles.map(({ file, xml }) => ({ file, xml: xml.replaceAll(from, to) }));
}
