/** Access tokens of a suite's app. */
import type { Clock } from '../../../runtime/ambient.ts';
import { StaleTokenError } from './failures.ts';

/** A token is renewed this long before it ends: a call that has begun shall not outlive it. */
const RENEWED_BEFORE_MS = 5 * 60_000;

interface Token {
  readonly token: string;
  /** For how long it is good. */
  readonly seconds: number;
}

interface AccessTokens {
  /** Makes a call with the token that is good now; with a new one, once, if it turns out not to be. */
  use<T>(call: (token: string) => Promise<T>): Promise<T>;
}

/** Asked for once by however many calls, and kept as long as it is good: suites allow few of them a day. */
export function keptTokens(ask: () => Promise<Token>, clock: Clock): AccessTokens {
  let kept: { readonly token: Promise<Token>; until: number } | undefined;
  const renew = () => {
    const token = ask();
    const fresh = { token, until: Number.POSITIVE_INFINITY };
    kept = fresh;
    token.then(
      ({ seconds }) => {
        fresh.until = clock.now().getTime() + seconds * 1000 - RENEWED_BEFORE_MS;
      },
      () => {
        kept = kept === fresh ? undefined : kept;
      },
    );
    return fresh;
  };
  const current = () => (kept === undefined || kept.until <= clock.now().getTime() ? renew() : kept);
  return {
    async use(call) {
      const held = current();
      const { token } = await held.token;
      try {
        return await call(token);
      } catch (error) {
        if (!(error instanceof StaleTokenError)) {
          throw error;
        }
        kept = kept === held ? undefined : kept;
        return call((await current().token).token);
      }
    },
  };
}
