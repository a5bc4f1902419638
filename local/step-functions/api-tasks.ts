import { ApiError } from './api-errors.ts';
import { errorAndCause, type Operations } from './api-operation.ts';
import type { ApiRequest } from './api-request.ts';
import type { Engine } from './engine.ts';

const LONGEST_TOKEN = 2_048;

/** The API calls that answer task tokens. */
export function taskOperations(engine: Engine): Operations {
  const token = (request: ApiRequest): string => request.text('taskToken', LONGEST_TOKEN);
  return {
    SendTaskSuccess: async (request) => {
      const output = request.payload(
        'output',
        (reason) => new ApiError('InvalidOutput', `Invalid Output: '${reason}'`),
      );
      await engine.sendTaskSuccess(token(request), output);
      return {};
    },
    SendTaskFailure: async (request) => {
      await engine.sendTaskFailure(token(request), errorAndCause(request));
      return {};
    },
    SendTaskHeartbeat: async (request) => {
      await engine.sendTaskHeartbeat(token(request));
      return {};
    },
  };
}
