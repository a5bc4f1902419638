/** The frame of the pages of diagrams: the way back, and the choice of the time that figures are of. */
import { type Language, say } from '../pages/language.ts';
import { LABELS } from './diagram-words.ts';

interface PeriodsProps {
  readonly path: string;
  readonly periods: readonly number[];
  readonly weeks: number;
  readonly language: Language;
}

export function Periods({ path, periods, weeks, language }: PeriodsProps) {
  return (
    <nav class="kinds" aria-label={say(LABELS.periods, language)}>
      <ul>
        {periods.map((one) => (
          <li>
            <a class="tag" href={`${path}?weeks=${one}`} aria-current={one === weeks ? 'page' : undefined}>
              {say(LABELS.weeks(one), language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
