/**
 * What callbacks of OA suites are enciphered and signed with: AES-256-CBC and plain hashes with a shared key. Pure.
 * Sources: https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
 * and https://developer.work.weixin.qq.com/document/path/90968 (DingTalk's is of the same family).
 */
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { textOfUtf8 } from './text.ts';

const AES_BLOCK = 16;
/** Bytes to which the family of WeCom pads: twice the block of AES. */
const PADDED_TO = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** Compares in the same time wherever, and however long, the texts differ. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

/** Lower-case hex SHA-1 of the parts, sorted and joined: how DingTalk and WeCom sign. */
export function sortedSignature(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort(byCodeUnit).join(''))
    .digest('hex');
}

/** Base64 to the letter: with padding, and nothing else in it. Undefined: it is none, or empty. */
export function bytesOfBase64(text: string): Buffer | undefined {
  const isBase64 = text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64') : undefined;
}

/**
 * Deciphers AES-256-CBC and takes PKCS #7 padding off.
 * @param mostPadding - bytes to which the sender pads: 16 as AES has it, or 32
 * @returns undefined where length, padding or UTF-8 is not right: the key is another one, or it was altered
 */
export function decipher(key: Buffer, iv: Buffer, enciphered: Buffer, mostPadding: number): Buffer | undefined {
  if (enciphered.length === 0 || enciphered.length % AES_BLOCK !== 0) {
    return undefined;
  }
  const opener = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const padded = Buffer.concat([opener.update(enciphered), opener.final()]);
  const padding = padded.at(-1) ?? 0;
  const isPadded =
    padding >= 1 &&
    padding <= Math.min(mostPadding, padded.length) &&
    padded.subarray(padded.length - padding).every((byte) => byte === padding);
  return isPadded ? padded.subarray(0, padded.length - padding) : undefined;
}

/** An envelope that was opened. */
export interface Opened {
  readonly text: string;
  /** For whom it was made: an app, a suite or a company. */
  readonly receiver: string;
}

/** The key of an envelope from its 43 letters; undefined: they are no such key. */
export function envelopeKey(encodingAesKey: string): Buffer | undefined {
  const key = /^[A-Za-z0-9+/]{43}$/.test(encodingAesKey) ? Buffer.from(`${encodingAesKey}=`, 'base64') : undefined;
  return key?.length === PADDED_TO ? key : undefined;
}

/**
 * Opens what DingTalk and WeCom send: 16 random bytes, the text's length (big-endian), the text, and its receiver.
 * @returns undefined where anything of it is not right
 */
export function openEnvelope(key: Buffer, base64: string): Opened | undefined {
  const enciphered = bytesOfBase64(base64);
  const plain = enciphered === undefined ? undefined : decipher(key, ivOf(key), enciphered, PADDED_TO);
  if (plain === undefined || plain.length < RANDOM_BYTES + LENGTH_BYTES) {
    return undefined;
  }
  const begin = RANDOM_BYTES + LENGTH_BYTES;
  const end = begin + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) {
    return undefined;
  }
  const text = textOfUtf8(plain.subarray(begin, end));
  const receiver = textOfUtf8(plain.subarray(end));
  return text === undefined || receiver === undefined ? undefined : { text, receiver };
}

/**
 * An envelope as {@link openEnvelope} opens it, in base64.
 * @param random - 16 bytes that nobody can foresee
 */
export function sealEnvelope(key: Buffer, { text, receiver }: Opened, random: Uint8Array): string {
  const content = Buffer.from(text);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([random, length, content, Buffer.from(receiver)]);
  const padding = PADDED_TO - (plain.length % PADDED_TO);
  const sealer = createCipheriv('aes-256-cbc', key, ivOf(key)).setAutoPadding(false);
  return Buffer.concat([sealer.update(plain), sealer.update(Buffer.alloc(padding, padding)), sealer.final()]).toString(
    'base64',
  );
}

function ivOf(key: Buffer): Buffer {
  return key.subarray(0, AES_BLOCK);
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** As the suites sort: by the letters' codes, in no language. */
function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
