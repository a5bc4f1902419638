export type { MachineDefinition } from './definition.ts';
export type { Transition } from './execution.ts';
export type { HistoryEvent } from './history.ts';
export type { InvokeLambda } from './lambda-task.ts';
export { type EngineServer, startEngineServer } from './server.ts';
export type { LambdaOutcome } from './tasks.ts';
export {
  createVirtualEngine,
  type DescribedExecution,
  type VirtualEngine,
  type VirtualEngineOptions,
} from './virtual-engine.ts';
