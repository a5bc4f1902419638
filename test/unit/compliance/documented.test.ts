import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectorText } from '../../../functions/compliance/detector-words.ts';
import { CASE_ACTIONS, DETECTORS } from '../../../functions/compliance/domain/finding.ts';
import { compliancePosts, namedPosts } from '../../../functions/policy/rules-in-company.ts';
import { companyPolicies, companyRules, directoryData } from '../../support/purchase-company.ts';

const PAGE = readFileSync('docs/compliance.md', 'utf8');

/** First cells of the rows of a table that follows a heading, with whether the row says what a threshold is. */
function rowsUnder(heading: string) {
  const [, section = ''] = PAGE.split(`## ${heading}\n`);
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z-]+)` \|(.*)\|$/gm)].map(([, name, cells = '']) => ({
    name,
    cells: cells.split(' | ').map((cell) => cell.trim()),
  }));
}

describe('the page on compliance', () => {
  it('names every detector, and none that there is not', () => {
    expect(rowsUnder('What is looked for').map(({ name }) => name)).toEqual([...DETECTORS]);
  });

  it('names every action', () => {
    expect(rowsUnder('What follows').map(({ name }) => name)).toEqual([...CASE_ACTIONS]);
  });

  it('says what a threshold is exactly where the rules that come with Meridian have one', async () => {
    for (const { name, cells } of rowsUnder('What is looked for')) {
      const detector = DETECTORS.find((one) => one === name) ?? DETECTORS[0];
      const { threshold } = await companyPolicies.complianceRule({ detector, process: 'procure-to-pay' });
      expect([name, cells[1] === '–']).toEqual([name, threshold === '0']);
    }
  });
});

describe('the rules of compliance', () => {
  it('answer for every detector and any process, and know the words of each', async () => {
    for (const detector of DETECTORS) {
      await expect(companyPolicies.complianceRule({ detector, process: '' })).resolves.toBeDefined();
      expect(detectorText(detector).en).not.toBe(detector);
    }
  });

  it('name the posts of compliance, which the demonstration company has', () => {
    expect(compliancePosts(companyRules)).toEqual(['compliance-officer']);
    expect(directoryData.posts.map(({ postId }) => postId)).toContain('compliance-officer');
    expect(namedPosts(companyRules).get('compliance-officer')).toEqual(['approval-levels', 'compliance']);
  });
});
