export type { HistoryEvent } from './history.ts';
export { type MemoryObjects, memoryObjects, type StoredObject } from './map/memory-objects.ts';
export type { ObjectStore } from './map/objects.ts';
export type { TaskMock, TaskMocks } from './mocks.ts';
export { type EngineServer, startEngineServer } from './server.ts';
export type { LambdaOutcome } from './tasks.ts';
export {
  createVirtualEngine,
  type DescribedExecution,
  type VirtualEngine,
} from './virtual-engine.ts';
export type { Integrations, ServiceCall } from './virtual-tasks.ts';
