/** Ciphers and signatures of the suites, by the samples that they have published. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOfBase64,
  decipher,
  envelopeKey,
  isSame,
  openEnvelope,
  sealEnvelope,
  sortedSignature,
} from '../../../functions/intake/domain/cipher.ts';

const WECOM_KEY = keyOf('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C');
const DINGTALK_KEY = keyOf('4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij');

function keyOf(letters: string): Buffer {
  const key = envelopeKey(letters);
  if (key === undefined) {
    throw new Error(`${letters} is no key`);
  }
  return key;
}

describe('the published sample', () => {
  it('of Feishu says "hello world" under "test key"', () => {
    const bytes = bytesOfBase64('P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=') ?? Buffer.alloc(0);
    const key = createHash('sha256').update('test key').digest();

    expect(decipher(key, bytes.subarray(0, 16), bytes.subarray(16), 16)?.toString()).toBe('hello world');
  });

  it('of WeCom for checking an address is to be echoed as 1616140317555161061', () => {
    const encrypt = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';

    expect(sortedSignature('QDG6eK', '1409659589', '263014780', encrypt)).toBe(
      '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    );
    expect(openEnvelope(WECOM_KEY, encrypt)).toEqual({ text: '1616140317555161061', receiver: 'wx5823bf96d3bd56c7' });
  });

  it('of WeCom for a message says what it says', () => {
    const encrypt =
      'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==';

    expect(sortedSignature('QDG6eK', '1409659813', '1372623149', encrypt)).toBe(
      '477715d11cdb4164915debcba66cb864d751f3e6',
    );
    expect(openEnvelope(WECOM_KEY, encrypt)?.text).toContain('<Content><![CDATA[hello]]></Content>');
  });

  it('of DingTalk is the check of the address', () => {
    const encrypt =
      '1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ==';

    expect(sortedSignature('123456', '1445827045067', 'nEXhMP4r', encrypt)).toBe(
      '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0',
    );
    expect(openEnvelope(DINGTALK_KEY, encrypt)).toEqual({
      text: '{"EventType":"check_create_suite_url","Random":"LPIdSnlF","TestSuiteKey":"suite4xxxxxxxxxxxxxxx"}',
      receiver: 'suite4xxxxxxxxxxxxxxx',
    });
  });
});

describe('an envelope', () => {
  const envelope = fc.record({ text: fc.string({ unit: 'binary' }), receiver: fc.string({ unit: 'binary' }) });
  const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

  it('is opened as it was sealed, whatever is in it', () => {
    fc.assert(
      fc.property(envelope, sixteen, (content, random) => {
        expect(openEnvelope(WECOM_KEY, sealEnvelope(WECOM_KEY, content, random))).toEqual(content);
      }),
    );
  });

  it('that was altered, cut, or sealed with another key is not opened as it was, and nothing throws', () => {
    fc.assert(
      fc.property(envelope, sixteen, fc.nat(), fc.nat(), (content, random, place, cut) => {
        const sealed = Buffer.from(sealEnvelope(WECOM_KEY, content, random), 'base64');
        const altered = Buffer.from(sealed);
        // Of the first block, the random bytes, nobody can tell.
        const at = 16 + (place % (sealed.length - 16));
        altered[at] = (altered[at] ?? 0) ^ 1;

        expect(openEnvelope(WECOM_KEY, altered.toString('base64'))).not.toEqual(content);
        expect(openEnvelope(WECOM_KEY, sealed.subarray(0, cut % sealed.length).toString('base64'))).not.toEqual(
          content,
        );
        expect(openEnvelope(DINGTALK_KEY, sealed.toString('base64'))).not.toEqual(content);
      }),
    );
  });

  it('whose length goes beyond its end is not opened', () => {
    const random = Buffer.alloc(16);
    const sealed = Buffer.from(sealEnvelope(WECOM_KEY, { text: 'x', receiver: 'y' }, random), 'base64');
    // In CBC a bit of one block flips the same bit of the next: the first of the length, and with it 2^31 bytes.
    sealed[0] = (sealed[0] ?? 0) ^ 0x80;

    expect(openEnvelope(WECOM_KEY, sealed.toString('base64'))).toBeUndefined();
  });

  it.each(['', 'abc', '!!!!', 'AAAA', `${'A'.repeat(22)}=A`])('that is "%s" is none', (text) => {
    expect(openEnvelope(WECOM_KEY, text)).toBeUndefined();
  });

  it.each(['', 'short', `${'A'.repeat(42)}!`, 'A'.repeat(44)])('has no key "%s"', (letters) => {
    expect(envelopeKey(letters)).toBeUndefined();
  });
});

it('texts are the same when they are, whatever their lengths', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (left, right) => {
      expect(isSame(left, right)).toBe(left === right);
      expect(isSame(left, left)).toBe(true);
    }),
  );
});
