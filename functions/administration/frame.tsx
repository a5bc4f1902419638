/** The frame of the pages of administration: the way between them, and the token for their forms. */
import type { PropsWithChildren } from 'hono/jsx';
import { type Language, say, type Text } from '../pages/language.ts';
import { type OwnPlaceProps, placedPage } from '../pages/placed-page.tsx';
import { ADMIN_PATH, TASKS_PATH } from '../pages/places.tsx';
import type { Reader as OwnReader } from '../pages/reader.ts';
import { FORMS_PATH, PEOPLE_PATH, POLICIES_PATH } from './paths.ts';
import { LABELS } from './words.ts';

/** How whoever looks at a page reads. */
export interface Reader extends OwnReader {
  /** The company's own. */
  readonly currency: string;
}

const PLACES: readonly (readonly [string, Text])[] = [
  [ADMIN_PATH, LABELS.title],
  [PEOPLE_PATH, LABELS.people],
  [POLICIES_PATH, LABELS.policies],
  [FORMS_PATH, LABELS.forms],
  [TASKS_PATH, LABELS.own],
];

/** The whole document as text; `children` are its cards below the first, which has the title. */
export function administrationPage(props: PropsWithChildren<OwnPlaceProps>) {
  return placedPage({ ...props, navigation: LABELS.navigation, places: PLACES });
}

interface FactsProps {
  /** Those without a value are left out. */
  readonly facts: readonly (readonly [label: Text, value: unknown])[];
  readonly language: Language;
}

export function Facts({ facts, language }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div>
            <dt>{say(label, language)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Names one after the other. */
export function joined(names: readonly string[], language: Language): string {
  return names.join(language === 'en' ? ', ' : '、');
}
