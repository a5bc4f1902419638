/** Warnings to an address of the company's own, signed as messages to the OA are (docs/oa-callback.md). */
import { postSigned, type SignedPostParts } from '../../connectors/oa/signed-post.ts';
import type { WarningPort } from '../port.ts';

export function createWebhookWarnings(parts: SignedPostParts): WarningPort {
  return {
    warn: (notice) => postSigned(parts, 'the webhook for warnings', notice),
  };
}
