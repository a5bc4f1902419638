/** How deep objects and lists of a JSON text lie in each other. Pure. */

/** An event, or a callback that tells of one, is a few levels deep. */
export const MAX_NESTING = 32;

/**
 * Counted on the text, before anything walks through its values: what is nested a hundred thousand times ends a program
 * that does. Of a text that is no JSON the answer means nothing.
 */
export function nestingOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let isInText = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (isInText) {
      if (character === '\\') {
        index += 1;
      } else if (character === '"') {
        isInText = false;
      }
    } else if (character === '"') {
      isInText = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') {
      depth -= 1;
    }
  }
  return deepest;
}
