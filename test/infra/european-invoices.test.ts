import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { invoiceChecker } from '../../functions/runtime/invoice-checker.ts';
import { permissionsOf } from './permissions.ts';
import {
  at,
  ofType,
  pathOfFunction,
  readable,
  roleOfFunction,
  type Synthesized,
  synthesize,
  wholeCompany,
} from './synthesize.ts';

const company = synthesize(wholeCompany);
const none = synthesize();

const functionSchema = z.object({
  Timeout: z.number(),
  MemorySize: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

function functionOf(template: Synthesized, bundle: string) {
  return functionSchema.parse(at(template, `${pathOfFunction(template, bundle)}/`, 'AWS::Lambda::Function').Properties);
}

function permissionsOfFunction(template: Synthesized, bundle: string) {
  // Without what every function may: its own log, and traces.
  return Object.fromEntries(
    [...permissionsOf(template, roleOfFunction(template, bundle))].filter(([, actions]) => actions.length > 0),
  );
}

describe('the check of invoices of EN 16931', () => {
  test('is a function of its own that reads what has arrived, and nothing else', () => {
    const own = permissionsOfFunction(company, 'check-en16931');

    expect(own).toEqual({ 'Attachments/Bucket/incoming/*': ['s3:GetObject'] });
  });

  test('is asked by the function that keeps files, and by no other', () => {
    const asking = ofType(company, 'AWS::IAM::Policy').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('checken16931Function'),
    );

    expect(asking).toHaveLength(1);
    expect(permissionsOfFunction(company, 'keep-file')).toMatchObject({
      'Attachments/check-en16931/Function': ['lambda:InvokeFunction'],
    });
    expect(readable(company, functionOf(company, 'keep-file').Environment.Variables.EN16931_FUNCTION)).toBe(
      'Attachments/check-en16931/Function',
    );
  });

  test('ends before whoever waits for it, and has a whole processor', () => {
    const own = functionOf(company, 'check-en16931');

    expect(own).toMatchObject({ Timeout: 15, MemorySize: 1769 });
    expect(own.Timeout).toBeLessThan(functionOf(company, 'keep-file').Timeout);
  });

  test('has consequences that the check of claims is told', () => {
    const told = (template: Synthesized) =>
      String(functionOf(template, 'check-claim').Environment.Variables.RULE_POLICY);

    expect(JSON.parse(told(company))).toEqual({ fatal: 'return', warning: 'review' });
    expect(JSON.parse(told(none))).toEqual({ fatal: 'review', warning: 'accept' });
  });

  test('is not there for a company that names no rules: such invoices are not taken', () => {
    expect(ofType(none, 'AWS::Lambda::Function').filter(([id]) => id.includes('en16931'))).toEqual([]);
    expect(functionOf(none, 'keep-file').Environment.Variables.EN16931_FUNCTION).toBe('');
    expect(Object.values(permissionsOfFunction(none, 'keep-file')).flat()).not.toContain('lambda:InvokeFunction');
    expect(invoiceChecker({ EN16931_FUNCTION: '' })).toBeUndefined();
    expect(invoiceChecker({ EN16931_FUNCTION: 'x' })).toBeDefined();
  });

  test('leaves no finding of cdk-nag', () => {
    expect(company.findings).toEqual([]);
  });
});
