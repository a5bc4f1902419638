import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinBounds } from '../../../functions/expenses/receipts/picture-bounds.ts';
import { createPictureReader } from '../../../functions/expenses/receipts/picture-reader.ts';
import { ConfigError } from '../../../functions/runtime/errors.ts';
import { DOCUMENT, PICTURE } from '../../support/sample-files.ts';
import {
  cornersOnly,
  DIGITAL_CODE,
  EARLIER_CODE,
  jpegPicture,
  picture,
  pictureReader,
  png,
  pngOf,
  WORKER_FILE,
} from '../../support/sample-pictures.ts';

const reader = pictureReader();

describe('the QR code in a picture of an invoice', () => {
  it.each([
    ['straight', {}],
    ['turned a little', { degrees: 8, noise: 20 }],
    ['turned much', { degrees: 117, noise: 20 }],
    ['on its head', { degrees: 180, noise: 40 }],
    ['noisy', { degrees: 30, noise: 40 }],
  ])('is read from a PNG and a JPEG that is %s', async (_how, taken) => {
    expect(await reader.codesIn(await picture([DIGITAL_CODE], taken))).toEqual([DIGITAL_CODE]);
    expect(await reader.codesIn(await jpegPicture([EARLIER_CODE], taken))).toEqual([EARLIER_CODE]);
  });

  it('is read beside others: each has its text', async () => {
    const codes = [DIGITAL_CODE, 'https://pay.example/1', EARLIER_CODE];

    expect([...(await reader.codesIn(await jpegPicture(codes, { noise: 20 })))].sort()).toEqual([...codes].sort());
  });
});

describe('a picture without a code that can be read', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['empty paper', () => picture([])],
    ['one point', () => PICTURE],
    ['a document', () => DOCUMENT],
    ['nothing', () => new Uint8Array()],
    ['a PNG that is cut off', async () => (await picture([DIGITAL_CODE])).subarray(0, 200)],
    ['a JPEG that is cut off', async () => (await jpegPicture([DIGITAL_CODE])).subarray(0, 200)],
    ['a JPEG of nothing but its mark', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ])('has none: %s', async (_what, content) => {
    expect(await reader.codesIn(await content())).toEqual([]);
  });

  it('has none after the time that it may take, and the thread has ended', async () => {
    const slow = cornersOnly(2_500);

    expect(isWithinBounds(slow)).toBe(true);
    expect(await pictureReader(300).codesIn(slow)).toEqual([]);
  });

  it('is not taken for one where the decoder is not beside the function: nothing is fetched in its place', async () => {
    const deployedWithout = createPictureReader({
      workerFile: WORKER_FILE,
      wasmFile: `${WORKER_FILE}.wasm`,
      limitMilliseconds: 20_000,
    });

    await expect(deployedWithout.codesIn(await picture([DIGITAL_CODE]))).rejects.toThrow(ConfigError);
  });
});

describe('a picture that would not fit in the memory', () => {
  const one = { width: 1, height: 1, points: new Uint8Array(1) };

  it.each([
    ['of 30,000 by 30,000 points', png(one, { width: 30_000, height: 30_000 })],
    ['that is longer than all memory', png(one, { width: 0xff_ff_ff_ff, height: 0xff_ff_ff_ff })],
    ['of few points whose data unpacks to 60 MB', pngOf(100, 100, deflateSync(new Uint8Array(60_000_000)))],
    ['whose data is no packed data', pngOf(100, 100, new Uint8Array(100))],
  ])('is refused before it is decoded: a PNG %s', async (_what, content) => {
    expect(content.length).toBeLessThan(100_000);
    expect(isWithinBounds(content)).toBe(false);
    expect(await reader.codesIn(content)).toEqual([]);
  });

  it('is refused before it is decoded: a JPEG of 30,000 by 30,000 points', async () => {
    const content = Buffer.from(await jpegPicture([DIGITAL_CODE]));
    expect(isWithinBounds(content)).toBe(true);
    const frame = content.indexOf(Buffer.from([0xff, 0xc0]));
    content.writeUInt16BE(30_000, frame + 5);
    content.writeUInt16BE(30_000, frame + 7);

    expect(isWithinBounds(content)).toBe(false);
    expect(await reader.codesIn(content)).toEqual([]);
  });

  it('is refused before it is decoded: a JPEG of a thousand scans', async () => {
    const content = await jpegPicture([DIGITAL_CODE]);
    const scan = Buffer.from([0xff, 0xda, 0, 2]);

    expect(isWithinBounds(Buffer.concat([content, ...Array.from({ length: 1_000 }, () => scan)]))).toBe(false);
  });

  it('is told from any bytes without an error', () => {
    const marks = fc.constantFrom<readonly number[]>([0xff, 0xd8], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    fc.assert(
      fc.property(marks, fc.uint8Array({ maxLength: 200 }), (mark, rest) => {
        expect(typeof isWithinBounds(Uint8Array.from([...mark, ...rest]))).toBe('boolean');
      }),
    );
  });
});
