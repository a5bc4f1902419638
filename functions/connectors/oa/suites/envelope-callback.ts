/** What callbacks of DingTalk and WeCom have in common: a signature over an envelope, which is made for one receiver. */
import { isSame, type Opened, openEnvelope, sortedSignature } from '../../../intake/domain/cipher.ts';
import { isInWindow } from '../../../intake/domain/window.ts';
import type { CallbackRefusal, CallbackRequest } from '../../../intake/port.ts';

interface SignedEnvelope {
  readonly token: string;
  readonly key: Buffer;
  readonly receiver: string;
  /** Name of the query's parameter with the signature. */
  readonly signatureName: string;
  readonly unit: 'seconds' | 'milliseconds';
}

/**
 * The text of an envelope that is signed, of these minutes and made for us. The signature is checked before anything is
 * deciphered, so that answers tell nothing about what a forged one would hold.
 * @param encryptOf - the envelope as it stands in the request; undefined where there is none. Asked once the signature and its
 *   parts are there: whoever sends none of them has no body looked at
 */
export function openSigned(
  { token, key, receiver, signatureName, unit }: SignedEnvelope,
  { query }: CallbackRequest,
  encryptOf: () => string | undefined,
  now: Date,
): Pick<Opened, 'text'> | { readonly refusal: CallbackRefusal } {
  const signature = query(signatureName);
  const timestamp = query('timestamp');
  const nonce = query('nonce');
  if (signature === undefined || timestamp === undefined || nonce === undefined) {
    return { refusal: 'malformed' };
  }
  const encrypt = encryptOf();
  if (encrypt === undefined) {
    return { refusal: 'malformed' };
  }
  if (!isSame(signature, sortedSignature(token, timestamp, nonce, encrypt))) {
    return { refusal: 'wrong-signature' };
  }
  if (!isInWindow(timestamp, unit, now)) {
    return { refusal: 'outside-window' };
  }
  const opened = openEnvelope(key, encrypt);
  if (opened === undefined) {
    return { refusal: 'unreadable' };
  }
  return isSame(opened.receiver, receiver) ? { text: opened.text } : { refusal: 'other-receiver' };
}
