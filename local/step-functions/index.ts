export type { HistoryEvent } from './history.ts';
export { type EngineServer, startEngineServer } from './server.ts';
export type { LambdaOutcome } from './tasks.ts';
export {
  createVirtualEngine,
  type DescribedExecution,
  type VirtualEngine,
} from './virtual-engine.ts';
