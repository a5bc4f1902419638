const OFFSET_DATE_TIME = /^(?<date>\d{4}-\d{2}-\d{2})T(?!24)\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch of an RFC 3339 moment with `T` and an offset; undefined for anything else. */
export function parseMoment(text: string): number | undefined {
  const date = OFFSET_DATE_TIME.exec(text)?.groups?.date;
  if (date === undefined || !isDay(date)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** `Date` takes the 30th of February for a day of March. */
function isDay(date: string): boolean {
  const at = Date.parse(date);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}
