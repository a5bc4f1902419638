/**
 * What a picture would take when it is decoded, by its own head: one of a few bytes can unpack to more than the memory. What
 * is read here is what the decoder (stb_image) reads, so that both see the same picture.
 */
import { inflateSync } from 'node:zlib';

/** Bytes of the unpacked points. A photograph of 26 million points in colour is below; a telephone's usual has 12 to 24. */
const MAX_BYTES = 80_000_000;
/** Each goes over the whole picture again; encoders make at most 10, and a preview inside has its own. */
const MAX_SCANS = 64;

const PNG_SIGNATURE = '\u0089PNG\r\n\u001a\n';
/** By the colour type of the PNG standard (section 11.2.1): values of a point in the file, and once it is decoded. */
const PNG_COLOURS: Readonly<Record<number, { readonly stored: number; readonly decoded: number }>> = {
  0: { stored: 1, decoded: 2 },
  2: { stored: 3, decoded: 4 },
  3: { stored: 1, decoded: 4 },
  4: { stored: 2, decoded: 2 },
  6: { stored: 4, decoded: 4 },
};

/** Whether it is a PNG or JPEG that can be decoded in a bounded memory. */
export function isWithinBounds(picture: Uint8Array): boolean {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  return bytes.toString('latin1', 0, 8) === PNG_SIGNATURE ? isFitPng(bytes) : isFitJpeg(bytes);
}

interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
}

function isFitPng(bytes: Buffer): boolean {
  const chunks = pngChunks(bytes);
  const head = chunks?.[0];
  if (chunks === undefined || head?.type !== 'IHDR' || head.data.length !== 13) {
    return false;
  }
  const width = head.data.readUInt32BE(0);
  const height = head.data.readUInt32BE(4);
  const depth = head.data.readUInt8(8);
  const values = PNG_COLOURS[head.data.readUInt8(9)];
  if (values === undefined || width * height * values.decoded * Math.max(1, depth / 8) > MAX_BYTES) {
    return false;
  }
  const row = Math.ceil((width * values.stored * depth) / 8);
  // Interlaced, a row has up to two parts, each with a byte of its filter and one that is not full.
  const stored = (row + 4) * height + 64;
  return unpacksWithin(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)), stored);
}

/** Up to the end of the picture. Undefined: a chunk is cut off. */
function pngChunks(bytes: Buffer): readonly PngChunk[] | undefined {
  const chunks: PngChunk[] = [];
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end > bytes.length) {
      return undefined;
    }
    const type = bytes.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    if (type === 'IEND') {
      return chunks;
    }
    at = end + 4;
  }
  return undefined;
}

function unpacksWithin(packed: Buffer, maxOutputLength: number): boolean {
  try {
    inflateSync(packed, { maxOutputLength });
    return true;
  } catch {
    // More than it may, or damaged.
    return false;
  }
}

/** The first frame of a JPEG (ITU-T T.81, B.2.2), by the segments before it. */
function isFitJpeg(bytes: Buffer): boolean {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff_d8 || scansOf(bytes) > MAX_SCANS) {
    return false;
  }
  let at = 2;
  while (at + 10 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      return false;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      // Any number of these may stand before a marker.
      at += 1;
    } else if (marker >= 0xc0 && marker <= 0xc2) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)];
      return height * width * (bytes[at + 9] ?? 0) <= MAX_BYTES;
    } else {
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
  return false;
}

/** Markers of scans; data of a scan never looks like one. */
function scansOf(bytes: Buffer): number {
  const marker = Buffer.from([0xff, 0xda]);
  let scans = 0;
  for (let at = bytes.indexOf(marker); at >= 0 && scans <= MAX_SCANS; at = bytes.indexOf(marker, at + 2)) {
    scans += 1;
  }
  return scans;
}
