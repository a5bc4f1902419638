import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from './api-errors.ts';
import type { Operation } from './api-operation.ts';
import { apiRequest } from './api-request.ts';
import { InvalidDefinition } from './problems.ts';

const TARGET_PREFIX = 'AWSStepFunctions.';
const LONGEST_BODY_BYTES = 4 * 1_048_576;

/** Longer than clients keep an idle connection, so that it is theirs to close it. */
const KEEP_ALIVE_MS = 120_000;

/**
 * Serves operations in AWS's protocol JSON 1.0: the action in `X-Amz-Target`, parameters and answer as JSON.
 *
 * @param onDisk - awaited before an answer is sent: what it tells must be kept
 */
export function apiServer(
  operations: { readonly [action: string]: Operation },
  now: () => number,
  onDisk: () => Promise<void>,
): Server {
  const answered = async (request: IncomingMessage) => {
    const body = await answer(operations, request, now);
    await onDisk();
    return body;
  };
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answered(request).then(
      (body) => send(response, 200, body),
      (error: unknown) => send(response, ...failureOf(error)),
    );
  });
}

async function answer(
  operations: { readonly [action: string]: Operation },
  request: IncomingMessage,
  now: () => number,
): Promise<{ readonly [key: string]: unknown }> {
  const target = String(request.headers['x-amz-target'] ?? '');
  const action = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
  const body = await bodyOf(request);
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (request.method !== 'POST' || operation === undefined) {
    throw new ApiError('UnknownOperationException', `This engine has no operation '${target}'`);
  }
  return operation(apiRequest(action, body, now()));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY_BYTES) throw new ApiError('ValidationException', 'The request is too long');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new ApiError('SerializationException', 'The request is not valid JSON');
  }
}

/** Exceptions of the API travel under their names. */
function failureOf(error: unknown): [status: number, body: { readonly [key: string]: unknown }] {
  if (error instanceof ApiError || error instanceof InvalidDefinition)
    return [400, { __type: error.name, message: error.message }];
  const message = error instanceof Error ? error.message : String(error);
  return [500, { __type: 'InternalServerException', message }];
}

function send(response: ServerResponse, status: number, body: { readonly [key: string]: unknown }): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
