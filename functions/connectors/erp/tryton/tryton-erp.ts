export const createTrytonErp = (_: unknown): never => {
  throw new Error('not yet');
};
