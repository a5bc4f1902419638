/** Of measured values. */

/** Three decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** @throws RangeError when there is nothing */
export function median(values: readonly number[]): number {
  const middle = [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new RangeError('nothing has no median');
  return middle;
}
