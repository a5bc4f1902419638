/** The warmth of a node: how long it is waited there, in steps that are the same for every process. Pure. */
import { both, type Text } from '../pages/language.ts';

export interface Heat {
  /** Working hours, half of the visits took no longer: below this it is this warm. */
  readonly below: number;
  readonly colour: string;
  readonly name: Text;
}

/** From a quarter of a working day to more than a week; dark text reads on each of them. */
export const HEATS: readonly Heat[] = [
  { below: 1, colour: '#eef6e8', name: both('under 1 h', '1 小时内') },
  { below: 4, colour: '#fdf0c4', name: both('1 to 4 h', '1–4 小时') },
  { below: 8, colour: '#fdd692', name: both('4 to 8 h', '4–8 小时') },
  { below: 40, colour: '#f9b06a', name: both('8 to 40 h', '8–40 小时') },
  { below: Number.POSITIVE_INFINITY, colour: '#ee8258', name: both('over 40 h', '40 小时以上') },
];

export function heatOf(workingHours: number): Heat {
  return HEATS.find(({ below }) => workingHours < below) ?? (HEATS.at(-1) as Heat);
}

/** Working hours as they are written into a node: never in days, of which nobody knows whether they are of work. */
export function workingText(hours: number): Text {
  if (hours < 1) {
    const minutes = Math.round(hours * 60);
    return both(`${minutes} min`, `${minutes} 分`);
  }
  const rounded = hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours);
  return both(`${rounded} h`, `${rounded} 时`);
}
