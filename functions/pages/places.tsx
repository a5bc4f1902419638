/** The way between the pages that are somebody's own. */
import { type Language, say, type Text } from './language.ts';

export const TASKS_PATH = '/me/tasks';
export const REQUESTS_PATH = '/me/requests';
export const ABSENCE_PATH = '/me/absence';

const both = (en: string, zh: string): Text => ({ en, zh });

export const PLACE_NAMES = {
  tasks: both('My tasks', '我的待办'),
  requests: both('My requests', '我的申请'),
  absence: both('Absence', '外出与代理'),
  account: both('Account', '账户'),
  navigation: both('My pages', '我的页面'),
} as const;

const PLACES = [
  [TASKS_PATH, PLACE_NAMES.tasks],
  [REQUESTS_PATH, PLACE_NAMES.requests],
  [ABSENCE_PATH, PLACE_NAMES.absence],
  ['/me', PLACE_NAMES.account],
] as const;

/** `path`: of the page that it stands on. */
export function Places({ path, language }: { readonly path: string; readonly language: Language }) {
  return (
    <nav class="places" aria-label={say(PLACE_NAMES.navigation, language)}>
      <ul>
        {PLACES.map(([place, name]) => (
          <li>
            <a href={place} aria-current={place === path ? 'page' : undefined}>
              {say(name, language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
