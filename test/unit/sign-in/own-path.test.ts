import { describe, expect, it } from 'vitest';
import { ownPath, signInPath } from '../../../functions/sign-in/own-path.ts';

describe('the page that sign-in leads back to', () => {
  it.each(['/me', '/d/secret?lang=en', '/record/P2P-1?key=a%2Bb', '/'])('is %s when that was asked for', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'me',
    'https://elsewhere.example/',
    '//elsewhere.example',
    '///elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    'javascript:alert(1)',
    ' /me',
    `/${'x'.repeat(1000)}`,
  ])('is our own home for %j', (wanted) => {
    expect(ownPath(wanted)).toBe('/me');
  });

  it('drops what only the browser would see', () => {
    expect(ownPath('/me#fragment')).toBe('/me');
  });

  it('comes back from the way to sign in as it was', () => {
    const { searchParams } = new URL(signInPath('/d/x?lang=en&a=b'), 'https://pages.example');

    expect(ownPath(searchParams.get('to') ?? undefined)).toBe('/d/x?lang=en&a=b');
  });
});
