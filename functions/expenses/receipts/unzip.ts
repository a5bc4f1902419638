/** Files of a zip within bounds that hold while it unpacks, so that a bomb never unpacks. */
import { Unzip, UnzipInflate } from 'fflate';

/** Bounds of one archive; an OFD of an invoice has about 30 entries and under 1 MB. */
const MAX_ENTRIES = 500;
const MAX_UNPACKED_BYTES = 50_000_000;
/** Deflate of XML seldom passes 30; a bomb is at about 1000. */
const MAX_RATIO = 200;
const CHUNK_BYTES = 16_384;

/** Undefined: no whole zip, or one that passes a bound or names a file outside itself. */
export function unzip(archive: Uint8Array): ReadonlyMap<string, Uint8Array> | undefined {
  const files = new Map<string, Uint8Array>();
  let entries = 0;
  let open = 0;
  let unpacked = 0;
  const reader = new Unzip((file) => {
    entries += 1;
    if (entries > MAX_ENTRIES || !isInside(file.name) || files.has(file.name)) throw new Error('refused');
    const parts: Uint8Array[] = [];
    open += 1;
    file.ondata = (error, part, final) => {
      if (error) throw error;
      unpacked += part.length;
      if (unpacked > Math.min(MAX_UNPACKED_BYTES, archive.length * MAX_RATIO)) throw new Error('too large');
      parts.push(part);
      if (!final) return;
      open -= 1;
      files.set(file.name, new Uint8Array(Buffer.concat(parts)));
    };
    file.start();
  });
  reader.register(UnzipInflate);
  try {
    for (let at = 0; at < archive.length; at += CHUNK_BYTES) {
      reader.push(archive.subarray(at, at + CHUNK_BYTES), at + CHUNK_BYTES >= archive.length);
    }
  } catch {
    return undefined;
  }
  return open === 0 && files.size > 0 && hasDirectory(archive) ? files : undefined;
}

function isInside(name: string): boolean {
  return !/^[/\\]|^[A-Za-z]:|\\|\0/.test(name) && !name.split('/').includes('..');
}

/** A zip ends with its directory's end record (APPNOTE 4.3.16), after which at most 65535 bytes of comment stand. */
function hasDirectory(archive: Uint8Array): boolean {
  return Buffer.from(archive.subarray(-65_557)).lastIndexOf('PK\u0005\u0006', 'latin1') >= 0;
}
