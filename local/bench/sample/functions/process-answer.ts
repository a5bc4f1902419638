/** Stands for what follows the answer. */
export async function handler(event: { readonly result: string }): Promise<string> {
  return event.result;
}
