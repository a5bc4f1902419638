/** What becomes of engineering changes. */
import { carriedOut } from './changes/carried-out.ts';
import { overtaken } from './changes/overtaken.ts';
import { changeTakenBack } from './changes/taken-back.ts';
import type { Story } from './stage.ts';

export const CHANGE_STORIES: readonly Story[] = [carriedOut, overtaken, changeTakenBack];
