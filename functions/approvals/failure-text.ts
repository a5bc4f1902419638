/** Why one of several changes failed, for the list of what became of each. */
export function failureText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
