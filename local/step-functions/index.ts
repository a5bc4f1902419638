export type { HistoryEvent } from './history.ts';
export { type MemoryObjects, memoryObjects, type StoredObject } from './map/memory-objects.ts';
export type { TaskMocks } from './mocks.ts';
export { type EngineServer, startEngineServer } from './server.ts';
export type { LambdaOutcome } from './tasks.ts';
export {
  createVirtualEngine,
  type DescribedExecution,
  type VirtualEngine,
} from './virtual-engine.ts';
export type { Integrations } from './virtual-tasks.ts';
