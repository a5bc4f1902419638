/** The frame of the pages of compliance: the way between them, and the token for their forms. */
import type { PropsWithChildren } from 'hono/jsx';
import { type OwnPlaceProps, placedPage } from '../pages/placed-page.tsx';
import { COMPLIANCE_PATH, PLACE_NAMES, TASKS_PATH } from '../pages/places.tsx';
import { LABELS } from './words.ts';

const PLACES = [
  [COMPLIANCE_PATH, LABELS.openCases],
  [TASKS_PATH, PLACE_NAMES.tasks],
] as const;

/** The whole document as text. */
export function compliancePage(props: PropsWithChildren<OwnPlaceProps>) {
  return placedPage({ ...props, navigation: PLACE_NAMES.navigation, places: PLACES });
}
