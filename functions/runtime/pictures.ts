/** The reader of pictures: its thread and its WebAssembly lie beside the bundle. */
import { join } from 'node:path';
import { createPictureReader, type PictureReader } from '../expenses/receipts/picture-reader.ts';

/** A photograph of 24 million points takes about 2 seconds of the function's share of a processor. */
const LIMIT_MILLISECONDS = 8_000;

export function pictureReader(): PictureReader {
  const beside = (name: string) => join(import.meta.dirname, name);
  return createPictureReader({
    workerFile: beside('picture-worker.mjs'),
    wasmFile: beside('zxing_reader.wasm'),
    limitMilliseconds: LIMIT_MILLISECONDS,
  });
}
