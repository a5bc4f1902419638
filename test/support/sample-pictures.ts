/**
 * Pictures of the QR codes of invoices, made by the format that printed invoices have; none of these was issued. They are drawn
 * as a telephone takes them: turned, unevenly lit, and noisy.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'jpeg-js';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { createPictureReader } from '../../functions/expenses/receipts/picture-reader.ts';

/** Of a fully digital invoice: that of the tests' receipt. */
export const DIGITAL_CODE = '01,32,,24312000000012345678,180.00,20260101,,74AE';
/** Of an electronic invoice of the kind before: 180.00 with a tax of 6 %. */
export const EARLIER_CODE = '01,10,031002600111,12345678,169.81,20260101,49753264642977383169,0816,';

interface Taken {
  /** Of the picture, clockwise. */
  readonly degrees?: number;
  /** Largest change of a point's brightness, of 255. */
  readonly noise?: number;
}

/** Points of the longer side of each code's field, and of a module of its code. */
const FIELD = 420;
const MODULE = 7;

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly points: Uint8Array;
}

const wasm = (path: string) => new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(path)))).buffer;

export const WORKER_FILE = fileURLToPath(
  new URL('../../functions/expenses/receipts/picture-worker.ts', import.meta.url),
);

/** The reader of the product, on the sources. */
export function pictureReader(limitMilliseconds = 20_000) {
  return createPictureReader({
    workerFile: WORKER_FILE,
    wasmFile: fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')),
    limitMilliseconds,
  });
}

/** A PNG with these codes side by side. */
export async function picture(codes: readonly string[], taken: Taken = {}): Promise<Uint8Array> {
  return png(await photograph(codes, taken));
}

/** The same as a JPEG of the quality that telephones use. */
export async function jpegPicture(codes: readonly string[], taken: Taken = {}): Promise<Uint8Array> {
  const { width, height, points } = await photograph(codes, taken);
  const data = new Uint8Array(width * height * 4);
  for (const [index, grey] of points.entries()) {
    data.set([grey, grey, grey, 255], index * 4);
  }
  return new Uint8Array(encode({ data, width, height }, 80).data);
}

async function photograph(codes: readonly string[], { degrees = 0, noise = 0 }: Taken): Promise<Grey> {
  const symbols = await Promise.all(codes.map(symbolOf));
  const width = Math.max(1, codes.length) * FIELD;
  const points = new Uint8Array(width * FIELD);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const random = seeded();
  for (let at = 0; at < points.length; at += 1) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const symbol = symbols[Math.floor(x / FIELD)];
    const [left, top] = [(x % FIELD) - FIELD / 2, y - FIELD / 2];
    const side = symbol?.width ?? 0;
    const column = Math.floor((left * cos + top * sin) / MODULE + side / 2);
    const row = Math.floor((top * cos - left * sin) / MODULE + side / 2);
    const isInside = column >= 0 && row >= 0 && column < side && row < side;
    const paper = isInside ? (symbol?.data[row * side + column] ?? 255) : 255;
    // Paper is no brighter than the light on it, which falls off to the left.
    points[at] = Math.max(0, Math.min(255, 30 + paper * (0.5 + (0.3 * x) / width) + (random() - 0.5) * 2 * noise));
  }
  return { width, height: FIELD, points };
}

async function symbolOf(text: string) {
  prepareZXingModule({ overrides: { wasmBinary: wasm('zxing-wasm/writer/zxing_writer.wasm') } });
  return (await writeBarcode(text, { format: 'QRCode' })).symbol;
}

/** Numbers from 0 to 1, the same each time (Numerical Recipes' linear congruence). */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** @param head - what its head says, where that is not the truth */
export function png({ width, height, points }: Grey, head: { readonly width?: number; readonly height?: number } = {}) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows.set(points.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return pngOf(head.width ?? width, head.height ?? height, deflateSync(rows));
}

/** A PNG of grey points of 8 bits, whatever its data holds. */
export function pngOf(width: number, height: number, data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  const parts = [chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', new Uint8Array())];
  return new Uint8Array(Buffer.concat([Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'), ...parts]));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}

/** A field of nothing but the corners of QR codes: decoders try them in each of their combinations. */
export function cornersOnly(side: number): Uint8Array {
  const corner = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
  const points = Uint8Array.from({ length: side * side }, (_, at) => {
    const [column, row] = [(at % side) % 9, Math.floor(at / side) % 9];
    return corner[row]?.[column] === '1' ? 0 : 255;
  });
  return png({ width: side, height: side, points });
}
