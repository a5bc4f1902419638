/** Name of the alias of every state machine that new processes are started by: it points at the version deployed last. */
export const CURRENT_ALIAS = 'current';
