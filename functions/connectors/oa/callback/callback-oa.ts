/** Tells the OA by a signed POST to its callback address (docs/oa-callback.md). */
import type { OaPort } from '../port.ts';
import { postSigned, type SignedPostParts } from '../signed-post.ts';

export function createCallbackOa(parts: SignedPostParts): OaPort {
  return {
    tell: (notice) => postSigned(parts, "the OA's callback", notice),
  };
}
