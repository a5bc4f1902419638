/** Types of `browser.mjs` for the tests. */

/** The executable of the tests' browser: one on the machine, else the one that the set-up brought. */
export function findChromium(): Promise<string | undefined>;
