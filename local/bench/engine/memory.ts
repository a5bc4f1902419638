/** Megabytes that the process holds after everything unused is gone; needs `--expose-gc`. */
export function heldMb(): { readonly resident: number; readonly heap: number } {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / 1_048_576, heap: (heapUsed + external) / 1_048_576 };
}
