/** What others' tools and the documents say about the templates. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, test } from 'vitest';
import { NAG_REASONS } from '../../infra/nag-reasons.ts';
import { CHANGES_ROW, permissionRows } from './permissions.ts';
import { ROOT, temporaryFolder } from './project.ts';
import { exampleCompany, nagFindings, type Synthesized, synthesize, wholeCompany } from './synthesize.ts';

const document = readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8').split('\n');
const { replenishment } = wholeCompany;
/** With all that the table of roles has. */
const stocked = synthesize({ ...exampleCompany, replenishment });
const configurations: readonly (readonly [string, Synthesized])[] = [
  ['prod with an ERP', stocked],
  [
    'test without an ERP',
    synthesize({
      ...exampleCompany,
      stage: 'test',
      erp: { kind: 'none', billProposals: false, principals: [], legalEntities: [] },
    }),
  ],
];

/** Limits of a Map may be JSONata that evaluates to a number, which cfn-lint does not know: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const EXPRESSION_FOR_NUMBER = /:E3601:'\{% \$\w+ %\}' is not of type '(number|integer)' at /;

describe.each(configurations)('the templates of %s', (_name, template) => {
  test('have no finding of cdk-nag that is not in the list of reasons', () => {
    expect(template.findings).toEqual([]);
  });
});

test('the templates are clean for cfn-lint', () => {
  // W3005: CDK writes dependencies down that a GetAtt implies already.
  const options = ['--regions', 'eu-central-1', '--ignore-checks', 'W3005', '--format', 'parseable'];
  const all = configurations.flatMap(([, template]) => template.files.map(({ file }) => file));
  // Companies differ in few of their templates: the same text is looked at once.
  const files = [...new Map(all.map((file) => [readFileSync(file, 'utf8'), file])).values()];

  const found = run(join(ROOT, '.local/python/tools/bin/cfn-lint'), [...options, '--', ...files]);

  expect(files.length).toBeGreaterThan(configurations.length);
  expect(found.split('\n').filter((line) => line !== '' && !EXPRESSION_FOR_NUMBER.test(line))).toEqual([]);
});

test('cdk-nag is really asked: it finds a queue without dead letters', () => {
  const stack = new Stack(new App({ outdir: temporaryFolder() }), 'Careless');
  new Queue(stack, 'Queue');

  expect(nagFindings(stack).join()).toContain('AwsSolutions-SQS3');
});

describe('docs/permissions.md', () => {
  test('lists what each role may, as it is in the template', () => {
    const listed = document.filter((line) => /^\| `[A-Z]\w*(\/[\w-]+)*` \|/.test(line));

    expect(listed).toEqual(permissionRows(stocked));
    expect(document).toContain(CHANGES_ROW);
  });

  test('lists each finding of cdk-nag that is let stand, with its reason', () => {
    const rows = Object.entries(NAG_REASONS).map(([finding, reason]) => `| \`${finding}\` | ${reason} |`);

    expect(document.filter((line) => line.startsWith('| `AwsSolutions-'))).toEqual(rows);
  });
});

/** The output of a program, whatever its exit code: cfn-lint's says only that it found something. */
function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') {
      return String(error.stdout);
    }
    throw error;
  }
}
