import { describe, expect, it } from 'vitest';
import { REGISTER_ANSWERS } from '../../../functions/connectors/tax/port.ts';
import { verificationFindings } from '../../../functions/expenses/domain/verification.ts';
import { keepReceipt } from '../../../functions/expenses/receipts/keep-receipt.ts';
import { readReceipt } from '../../../functions/expenses/receipts/read-receipt.ts';
import { receiptForm } from '../../../functions/expenses/receipts/receipt-upload.ts';
import { ConfigError, ConnectorPermanentError } from '../../../functions/runtime/errors.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { MemoryRegister } from '../../support/memory-register.ts';
import { DOCUMENT, PICTURE } from '../../support/sample-files.ts';
import { digitalInvoiceXml } from '../../support/sample-invoices.ts';
import { DIGITAL_CODE, EARLIER_CODE } from '../../support/sample-pictures.ts';

describe('what the register says of an invoice', () => {
  it.each(REGISTER_ANSWERS)(
    '%s becomes what the company chose, and only what is genuine goes on by itself',
    (answer) => {
      const becomes = (notGenuine: 'return' | 'review') =>
        verificationFindings({ receiptId: 'r1' }, 2, answer, { notGenuine, unavailable: 'accept' });

      for (const severity of ['return', 'review'] as const) {
        const expected = { receiptId: 'r1', field: 'claim.receipts[2].fileId', code: 'receipt-not-genuine', severity };
        expect(becomes(severity)).toEqual(answer === 'genuine' ? [] : [expect.objectContaining(expected)]);
      }
    },
  );

  it('is told in both languages, each answer by words of its own', () => {
    const reasons = [...REGISTER_ANSWERS, 'unavailable' as const]
      .flatMap((answer) =>
        verificationFindings({ receiptId: 'r1' }, 0, answer, { notGenuine: 'return', unavailable: 'review' }),
      )
      .flatMap(({ reason }) => [reason.en, reason.zh]);

    expect(new Set(reasons).size).toBe(10);
  });

  it('goes to a reviewer where it says nothing, or on its way, as the company chose', () => {
    const becomes = (unavailable: 'review' | 'accept') =>
      verificationFindings({ receiptId: 'r1' }, 0, 'unavailable', { notGenuine: 'return', unavailable });

    expect(becomes('review')).toMatchObject([{ code: 'receipt-not-verified', severity: 'review' }]);
    expect(becomes('accept')).toEqual([]);
  });
});

/** A file that arrived while the register knows one fully digital invoice. */
async function arrived(content: Uint8Array, codes: readonly string[] = []) {
  const files = new MemoryFiles();
  const register = new MemoryRegister();
  register.issue({ number: '24312000000012345678', date: '2026-01-01', amount: '180.00', amountIs: 'total' });
  const { fileId, form } = await receiptForm({ files, randomness: seededRandomness(1) }, 'E-1');
  files.send(form, 'receipt', content);
  const key = [...files.arrived.keys()].at(-1) ?? '';
  const keep = (changed: object = {}) =>
    keepReceipt({ files, register, pictures: { codesIn: async () => codes }, ...changed }, key);
  const read = async () => (await readReceipt(files, 'E-1', fileId)).file;
  return { register, files, keep, read };
}

describe('an invoice that arrives', () => {
  it('is verified when it is kept, and the answer is read with it', async () => {
    const { register, keep, read } = await arrived(digitalInvoiceXml());

    expect(await keep()).toBe('kept');

    expect(await read()).toMatchObject({ kind: 'invoice', invoice: { verified: 'genuine' } });
    expect(register.asked).toBe(1);
  });

  it('is verified with each of the others in its picture', async () => {
    const { register, keep, read } = await arrived(PICTURE, [EARLIER_CODE, DIGITAL_CODE]);
    const { number, code } = { number: '12345678', code: '031002600111' };
    register.issue({ number, code, date: '2026-01-01', amount: '169.81', amountIs: 'before-tax' }, 'red-lettered');

    await keep();

    expect(await read()).toMatchObject({ codes: [{ number, verified: 'red-lettered' }, { verified: 'genuine' }] });
  });

  it('is asked about again where the register does not answer at once, and kept without an answer then', async () => {
    for (const [downFor, verified] of [
      [1, 'genuine'],
      [2, 'unavailable'],
    ] as const) {
      const { register, keep, read } = await arrived(digitalInvoiceXml());
      register.downFor = downFor;

      expect(await keep()).toBe('kept');
      expect(await read()).toMatchObject({ invoice: { verified } });
      expect(register.asked).toBe(2);
    }
  });

  it('is kept without an answer where the register refuses the question', async () => {
    const { keep, read } = await arrived(digitalInvoiceXml());
    const verify = () => Promise.reject(new ConnectorPermanentError('refused'));

    expect(await keep({ register: { verify } })).toBe('kept');
    expect(await read()).toMatchObject({ invoice: { verified: 'unavailable' } });
  });

  it('stays where it arrived while our key is not taken: operators hear of it', async () => {
    const { files, keep } = await arrived(digitalInvoiceXml());
    const verify = () => Promise.reject(new ConfigError('not our key'));

    await expect(keep({ register: { verify } })).rejects.toThrow(ConfigError);
    expect([files.arrived.size, files.kept.size]).toEqual([1, 0]);
    expect(await keep()).toBe('kept');
  });

  it.each([
    ['a document', DOCUMENT],
    ['a picture without a code', PICTURE],
    ['an invoice that cannot be read', digitalInvoiceXml({ amount: '' })],
  ])('is not asked about where it is none: %s', async (_what, content) => {
    const { register, keep } = await arrived(content);

    expect(await keep()).toBe('kept');
    expect(register.asked).toBe(0);
  });

  it('is not asked about where the company asks no register', async () => {
    const { register, keep, read } = await arrived(digitalInvoiceXml());

    await keep({ register: undefined });

    expect(register.asked).toBe(0);
    expect(await read()).not.toMatchObject({ invoice: { verified: expect.anything() } });
  });
});
