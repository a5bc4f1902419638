/** `OaMessagesQueue` for `oa-messages-queue`: names of a company file and of constructs, as outputs have them. */
export function outputName(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
