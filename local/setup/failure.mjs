/** A failure that its reader can mend: the message is one clear sentence, and no stack trace helps. */
export class SetupFailure extends Error {
  name = 'SetupFailure';
}
