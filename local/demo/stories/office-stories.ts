/** What becomes of the forms that a company has. */
import { sealUse } from './office/seal-use.ts';
import type { Story } from './stage.ts';

export const OFFICE_STORIES: readonly Story[] = [sealUse];
