/** Files of one JSON value a line, compressed. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** The same lines give the same bytes. */
export async function packLines(lines: readonly string[]): Promise<Uint8Array> {
  return compress(lines.map((line) => `${line}\n`).join(''));
}

/** @throws Error when it is not compressed, or cut off. */
export async function unpackLines(content: Uint8Array): Promise<readonly string[]> {
  const text = (await expand(content)).toString('utf8');
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
