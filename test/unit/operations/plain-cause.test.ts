import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, plainCause, shownText, withoutSecrets } from '../../../functions/operations/domain/plain-cause.ts';

describe('what an operator is shown of a failure', () => {
  it.each([
    [JSON.stringify({ errorType: 'Error', errorMessage: 'the year is closed', trace: ['at x'] }), 'the year is closed'],
    ['the ERP\n  did not answer', 'the ERP did not answer'],
    ['{"errorMessage": 7}', '{"errorMessage": 7}'],
    ['mail to Wang.Li@erp.example.cn failed', 'mail to [mail] failed'],
    ['see https://pages.example/d/abc?x=1 for more', 'see [link] for more'],
    ['account 6222 0212 3456 7890 123 is unknown', 'account [number] is unknown'],
    ['order PO-2026-000123 of 2026-11-27T08:00:00Z', 'order PO-2026-000123 of 2026-11-27T08:00:00Z'],
  ])('of %j is %j', (cause, shown) => {
    expect(plainCause(cause)).toBe(shown);
  });

  it('is short, and says how much is missing', () => {
    expect(plainCause('word '.repeat(200))).toMatch(/… \(\+699\)$/);
  });

  it('never holds a token, wherever it stands', () => {
    const token = fc
      .uint8Array({ minLength: 32, maxLength: 64 })
      .map((bytes) => Buffer.from(bytes).toString('base64url'))
      .filter((text) => /\d/.test(text) && /[A-Za-z]/.test(text) && !text.startsWith('-'));
    const around = fc.constantFrom('', ' ', '"', '\n', ': ', '（');

    fc.assert(
      fc.property(token, around, around, (secret, before, after) => {
        expect(withoutSecrets(`${before}${secret}${after}`)).not.toContain(secret);
      }),
    );
  });

  it.each([
    ...['a', '采', 'a1', 'a.', '+', '/', '=', 'a=', '-', '1', '1 ', '@', 'a@', 'a@b.', 'http://', 'x ', '\n'],
    ...['A'.repeat(40), '9'.repeat(40)],
  ])('made of %j over and over is shown at once', (piece) => {
    const text = piece.repeat(200_000 / piece.length);

    const begun = performance.now();
    withoutSecrets(text);
    const shown = [plainCause(text), shownText(text, 1_000)];

    // Milliseconds; what looks at each letter from each other letter takes a minute.
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(shown.every((each) => each.length <= 1_020)).toBe(true);
  });

  it('never shows the beginning of what was cut in the middle of being secret', () => {
    const links = 'https://pages.example/d/0123456789abcdef0123456789abcdef ';
    const mail = 'wang.li.of.the.purchasing.department@erp.example.cn';
    for (let before = 3_850; before <= 4_000; before += 1) {
      const text = `${links.repeat(70).slice(0, before)} ${mail} ${'word '.repeat(100)}`;

      expect(shownText(text, 1_000)).not.toContain('wang');
    }
  });

  it('says of a long text how much of it is missing', () => {
    expect(shownText('采购。'.repeat(10_000), 1_000)).toMatch(/… \(\+29000\)$/);
  });

  it('is cut between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, longest) => {
        expect(cutText(text, longest)).not.toMatch(/\p{Surrogate}/u);
        expect(shownText(`${'x'.repeat(longest)}${'😀'.repeat(3_000)}`, 4_000)).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
