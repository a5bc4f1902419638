/**
 * Reads the QR codes of one picture, in a thread of its own: the decoder can be stopped there, and its memory is given back.
 * It lies beside the bundle of the function that starts it, with the decoder's WebAssembly; nothing is fetched.
 */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { isWithinBounds } from './picture-bounds.ts';
import type { PictureTask } from './picture-reader.ts';

/** Codes of one picture: a sheet of many receipts, each with a code of its shop beside that of the invoice. */
const MAX_CODES = 20;

const { picture, wasmFile }: PictureTask = workerData;
parentPort?.postMessage(isWithinBounds(picture) ? await codesIn(picture) : []);

async function codesIn(content: Uint8Array): Promise<readonly string[]> {
  const wasmBinary = new Uint8Array(readFileSync(wasmFile)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  try {
    const found = await readBarcodes(content, {
      formats: ['QRCode'],
      maxNumberOfSymbols: MAX_CODES,
      // Invoices are printed dark on light.
      tryInvert: false,
      textMode: 'Plain',
    });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  } catch {
    // The decoder gave up within WebAssembly: to the claimant the picture has no code that can be read.
    return [];
  }
}
