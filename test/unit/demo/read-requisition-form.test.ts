import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDirectory } from '../../../functions/directory/directory-file.ts';
import { checkRequisition } from '../../../functions/procurement/domain/check-requisition.ts';
import { requisitionOf } from '../../../local/demo/events.ts';
import { readForm, supplierOf, usualValues } from '../../../local/demo/portal/read-requisition-form.ts';

const DIRECTORY = parseDirectory(JSON.parse(readFileSync('local/demo/directory.json', 'utf8')));
const SUPPLIER = supplierOf('SUP-001');

function read(changes: Readonly<Record<string, string>>) {
  const form = readForm({ ...usualValues(SUPPLIER), ...changes }, SUPPLIER, DIRECTORY);
  return 'problems' in form ? [...form.problems] : form.filing;
}

describe("the OA's form", () => {
  it.each(['SUP-001', 'SUP-002', 'SUP-003', 'SUP-004'])(
    'can be sent as it comes for %s, and Meridian takes it',
    (code) => {
      const supplier = supplierOf(code);

      const form = readForm(usualValues(supplier), supplier, DIRECTORY);

      if ('problems' in form) throw new Error([...form.problems].join());
      const { requesterId, ...filing } = form.filing;
      expect(requesterId).toBe('E-1001');
      expect(checkRequisition(requisitionOf(filing)).issues).toEqual([]);
    },
  );

  it('leaves out a product without quantity', () => {
    expect(read({ 'quantity.P-1001': ' ', 'quantity.P-1002': '2' })).toMatchObject({
      lines: [{ productCode: 'P-1002', quantity: '2', unitPrice: '128.00' }],
    });
  });

  it('lets pass what Meridian has to refuse', () => {
    expect(read({ 'quantity.P-1001': '-3', 'price.P-1002': '0', requesterId: 'E-1003' })).toMatchObject({
      requesterId: 'E-1003',
      lines: [{ quantity: '-3' }, { unitPrice: '0' }],
    });
  });

  it.each([
    ['a quantity that is no number', { 'quantity.P-1001': 'five' }, ['quantity.P-1001']],
    ['a price with a grouping comma', { 'price.P-1002': '1,280' }, ['price.P-1002']],
    ['no product', { 'quantity.P-1001': '', 'quantity.P-1002': '' }, ['lines']],
    ['no title, and a person who does not exist', { title: ' ', requesterId: 'E-9' }, ['requesterId', 'title']],
    [
      'an amount too long to be written',
      { 'quantity.P-1001': '999999999999999', 'price.P-1001': '999999999999999' },
      ['lines'],
    ],
  ])('marks %s', (_name, changes, problems) => {
    expect(read(changes)).toEqual(problems);
  });
});
