/** A file that is written piece by piece. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** @throws Error of the file system */
export async function writePieces(file: string, pieces: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces, { objectMode: true }), createWriteStream(file));
}
