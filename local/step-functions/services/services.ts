import type { ObjectStore } from '../map/objects.ts';
import { s3Objects } from '../map/s3-objects.ts';
import { createServiceCaller, type ServiceAccess, type ServiceCaller } from './call-service.ts';

/** The services of AWS around an engine: those that tasks call, and the objects of distributed Maps. */
export interface Services {
  readonly caller: ServiceCaller;
  readonly objects: ObjectStore;
  close(): void;
}

/** Where the services are. */
export interface AwsPlace {
  readonly endpoint: string;
  readonly credentials: ServiceAccess['credentials'];
}

/** @param ownUrl - where Step Functions is: the engine itself, which may listen later than it is made */
export function servicesAt({ endpoint, credentials }: AwsPlace, region: string, ownUrl: () => string): Services {
  const caller = createServiceCaller({
    endpointOf: (service) => (service === 'sfn' ? ownUrl() : endpoint),
    region,
    credentials,
  });
  const objects = s3Objects({ endpoint, region, credentials });
  return {
    caller,
    objects,
    close: () => {
      caller.close();
      objects.close();
    },
  };
}
