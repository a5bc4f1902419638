import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { MAX_FILE_BYTES } from '../../../functions/attachments/port.ts';
import { keepReceipt } from '../../../functions/expenses/receipts/keep-receipt.ts';
import { readReceipt } from '../../../functions/expenses/receipts/read-receipt.ts';
import { isReceipt, receiptForm } from '../../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { DOCUMENT, PICTURE, SCRIPT } from '../../support/sample-files.ts';
import { digitalInvoiceXml, ofdInvoice } from '../../support/sample-invoices.ts';
import { DIGITAL_CODE, EARLIER_CODE, jpegPicture, picture, pictureReader } from '../../support/sample-pictures.ts';

const EMPLOYEE = 'E-1001';
const reader = pictureReader();

async function opened() {
  const files = new MemoryFiles();
  const { fileId, form } = await receiptForm({ files, randomness: seededRandomness(1) }, EMPLOYEE);
  /** Sends a file by the form, and has it looked at. */
  const send = async (content: Uint8Array, name = 'receipt.pdf') => {
    expect(files.send(form, name, content).taken).toBe(true);
    const key = [...files.arrived.keys()].at(-1) ?? '';
    return { key, result: await keepReceipt({ files, pictures: reader }, key) };
  };
  return { files, fileId, form, send };
}

describe('the file of a receipt', () => {
  it.each([
    ['of a picture, is not fetched again', PICTURE, 0],
    ['of an invoice, is fetched once', digitalInvoiceXml(), 1],
  ])('%s when its claim is checked', async (_what, content, fetched) => {
    const { files, fileId, send } = await opened();
    await send(content);
    const read = vi.spyOn(files, 'readKept');

    await readReceipt(files, EMPLOYEE, fileId);

    expect(read.mock.calls.filter(([file]) => file.fileId === fileId)).toHaveLength(fetched);
  });

  it.each([
    ['the XML of an invoice', digitalInvoiceXml(), 'invoice'],
    ['an OFD', ofdInvoice(), 'invoice'],
    ['a PDF', DOCUMENT, 'for-people'],
    ['a PNG', PICTURE, 'for-people'],
    ['an invoice that lacks its amount', digitalInvoiceXml({ amount: '' }), 'unreadable'],
  ])('that is %s is kept for its employee, under whatever name', async (_what, content, kind) => {
    const { files, fileId, send } = await opened();

    expect((await send(content, '发票.jpg')).result).toBe('kept');
    expect(await readReceipt(files, EMPLOYEE, fileId)).toMatchObject({
      file: { kind },
      kept: { folder: 'receipts/E-1001', bytes: content.byteLength },
    });
    expect(await readReceipt(files, 'E-1002', fileId)).toEqual({ file: { kind: 'missing' } });
    expect(files.arrived.size).toBe(0);
  });

  it.each([
    ['a page', SCRIPT],
    ['a picture only by its name', strToU8('no picture')],
    ['any zip', zipSync({ 'a.txt': strToU8('a') })],
    ['a bomb', zipSync({ 'OFD.xml': new Uint8Array(60_000_000) })],
    [
      'XML with an external entity',
      strToU8('<!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/hosts">]><EInvoice>&x;</EInvoice>'),
    ],
    ['a drawing that a browser runs', strToU8('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('that is %s is not kept', async (_what, content) => {
    const { files, fileId, send } = await opened();

    expect((await send(content, 'receipt.png')).result).toBe('refused');
    expect(await readReceipt(files, EMPLOYEE, fileId)).toEqual({ file: { kind: 'missing' } });
    expect(files.arrived.size).toBe(0);
  });

  it('that is a picture is kept with the codes of the invoices that it shows, and no others', async () => {
    const { files, fileId, send } = await opened();
    const content = await jpegPicture([DIGITAL_CODE, 'https://pay.example/1', EARLIER_CODE], { noise: 20 });

    expect((await send(content)).result).toBe('kept');

    const { file, kept } = await readReceipt(files, EMPLOYEE, fileId);
    expect(file.kind === 'picture' && file.codes.map(({ number }) => number).toSorted()).toEqual([
      '12345678',
      '24312000000012345678',
    ]);
    expect(kept).toMatchObject({ mediaType: 'image/jpeg', bytes: content.byteLength });
  });

  it('that shows one code a hundred times, or more than can be kept, is kept with what can be', async () => {
    const { files, fileId, form } = await opened();
    files.send(form, 'r.png', PICTURE);
    const many = Array.from({ length: 40 }, (_, index) => DIGITAL_CODE.replace('123456', `1234${10 + index}`));
    const pictures = { codesIn: async () => [DIGITAL_CODE, DIGITAL_CODE, ...many] };

    expect(await keepReceipt({ files, pictures }, [...files.arrived.keys()].at(-1) ?? '')).toBe('kept');

    const { file } = await readReceipt(files, EMPLOYEE, fileId);
    expect(file.kind === 'picture' && file.codes.length).toBe(19);
  });

  it('that is a picture of another code is for people', async () => {
    const { files, fileId, send } = await opened();
    await send(await picture(['https://pay.example/1']));

    expect(await readReceipt(files, EMPLOYEE, fileId)).toMatchObject({ file: { kind: 'for-people' } });
  });

  it('of 20 MB is not taken by the form', async () => {
    const { files, form } = await opened();

    expect(files.send(form, 'receipt.pdf', new Uint8Array(20_000_000)).taken).toBe(false);
    expect(MAX_FILE_BYTES).toBeLessThan(20_000_000);
  });

  it('is never replaced by what comes later by the same form', async () => {
    const { files, fileId, send } = await opened();
    await send(digitalInvoiceXml());

    expect((await send(digitalInvoiceXml({ amount: '999.00' }))).result).toBe('refused');
    expect(await readReceipt(files, EMPLOYEE, fileId)).toMatchObject({ file: { invoice: { amount: '180.00' } } });
  });

  it('that is told of twice is gone the second time', async () => {
    const { files, send } = await opened();
    const { key } = await send(DOCUMENT);

    expect(await keepReceipt({ files, pictures: reader }, key)).toBe('gone');
  });

  it('is told from the file of a task by its key', async () => {
    const { send } = await opened();

    expect(isReceipt((await send(DOCUMENT)).key)).toBe(true);
    expect(isReceipt('incoming/0b0f1f9e-3c1e-4a59-a6a4-000000000000/receipt-1.pdf')).toBe(false);
  });
});
