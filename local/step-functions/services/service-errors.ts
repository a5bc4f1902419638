import { isObject } from '../json.ts';
import type { CalledService } from './catalogue.ts';

/** A failed call as AWS tells of it. */
export interface ServiceFailure {
  readonly error: string;
  readonly cause: string;
}

/**
 * What a failure of an SDK client is called in a state machine. Exceptions that the service's model names keep their
 * names; others are the service's general exception; what never reached the service is SdkClientException.
 *
 * @param known - whether the service's model names an exception
 */
export function serviceFailure(
  called: Pick<CalledService, 'service' | 'isOptimised'>,
  error: unknown,
  known: (exception: string) => boolean,
): ServiceFailure {
  const { service, isOptimised } = called;
  const optimised = isOptimised ? service.optimised : undefined;
  const prefix = optimised?.name ?? service.sdkName;
  const { name, message, status, requestId, extendedRequestId } = detailsOf(error);
  if (status === undefined) {
    return { error: `${prefix}.SdkClientException`, cause: `Unable to execute HTTP request: ${message}` };
  }
  const general = optimised?.exception ?? `${service.sdkName}Exception`;
  const exception = known(name) ? exceptionName(name) : general;
  const told =
    optimised === undefined
      ? [
          `Service: ${service.sdkName}`,
          `Status Code: ${status}`,
          `Request ID: ${requestId}`,
          ...(extendedRequestId === undefined ? [] : [`Extended Request ID: ${extendedRequestId}`]),
        ].join(', ')
      : optimisedDetails(optimised.service, status, name, requestId);
  return { error: `${prefix}.${exception}`, cause: `${message} (${told})` };
}

/** What the causes of optimised integrations say of the call, in brackets. */
export function optimisedDetails(service: string, status: number, code: string, requestId: string): string {
  return `Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
}

function exceptionName(name: string): string {
  return name.endsWith('Exception') ? name : `${name}Exception`;
}

function detailsOf(error: unknown) {
  const fields = isObject(error) ? error : {};
  const metadata = isObject(fields.$metadata) ? fields.$metadata : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    name: text(fields.name) ?? '',
    message: text(fields.message) ?? String(error),
    status: typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined,
    requestId: text(metadata.requestId) ?? '',
    extendedRequestId: text(metadata.extendedRequestId),
  };
}
