import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { invoiceRegister } from '../../functions/runtime/invoice-register.ts';
import { permissionsOf } from './permissions.ts';
import { at, exampleCompany, pathOfFunction, roleOfFunction, type Synthesized, synthesize } from './synthesize.ts';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:invoice-register-a1b2c3';

const company = synthesize({
  ...exampleCompany,
  invoiceVerification: {
    ...{ url: 'https://provider.example.com/check', secretArn: SECRET, header: 'Authorization' },
    fields: { number: 'fphm', date: 'kprq', amount: 'je', code: 'fpdm' },
    ...{ dateFormat: 'YYYYMMDD', answerAt: 'data.state', answers: { '0': 'genuine', '1': 'not-found' } },
    ...{ notGenuine: 'review', unavailable: 'accept' },
  },
});
const none = synthesize();

function variables(template: Synthesized, bundle: string): Readonly<Record<string, string>> {
  const { Environment } = at(template, `${pathOfFunction(template, bundle)}/`, 'AWS::Lambda::Function').Properties;
  const known = z.looseObject({ INVOICE_REGISTER: z.string().optional(), VERIFICATION_POLICY: z.string().optional() });
  const { INVOICE_REGISTER = '', VERIFICATION_POLICY = '' } = z
    .object({ Variables: known })
    .parse(Environment).Variables;
  return { INVOICE_REGISTER, VERIFICATION_POLICY };
}

function secretsOf(template: Synthesized, bundle: string): readonly string[] {
  return [...permissionsOf(template, roleOfFunction(template, bundle))]
    .filter(([, actions]) => actions.includes('secretsmanager:GetSecretValue'))
    .map(([resource]) => resource);
}

describe('the verification of invoices', () => {
  test('is made by the function that keeps their files, which may read the key of the provider and no other secret', () => {
    expect(secretsOf(company, 'keep-file')).toEqual([expect.stringContaining('invoice-register-a1b2c3')]);
    expect(variables(company, 'keep-file').INVOICE_REGISTER).toContain(SECRET);
    expect(invoiceRegister({ INVOICE_REGISTER: variables(company, 'keep-file').INVOICE_REGISTER ?? '' })).toBeDefined();
  });

  test('has consequences that the check of claims is told', () => {
    expect(JSON.parse(variables(company, 'check-claim').VERIFICATION_POLICY ?? '')).toEqual({
      notGenuine: 'review',
      unavailable: 'accept',
    });
  });

  test('is not made for a company that names no provider: no secret may be read for it', () => {
    expect(secretsOf(none, 'keep-file')).toEqual([]);
    expect(variables(none, 'keep-file').INVOICE_REGISTER).toBe('');
    expect(variables(none, 'check-claim').VERIFICATION_POLICY).toBe('');
    expect(invoiceRegister({ INVOICE_REGISTER: '' })).toBeUndefined();
  });
});
