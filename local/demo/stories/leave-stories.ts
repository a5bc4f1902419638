/** What becomes of leave that employees ask for. */
import { lateSickness } from './leaves/late-sickness.ts';
import { takenBack } from './leaves/taken-back.ts';
import type { Story } from './stage.ts';

export const LEAVE_STORIES: readonly Story[] = [takenBack, lateSickness];
