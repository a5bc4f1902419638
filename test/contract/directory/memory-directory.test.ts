import { MemoryStore } from '../../support/memory-store.ts';
import { describeDirectory } from './directory-contract.ts';
import { importInto } from './imported.ts';

describeDirectory('a store in memory', (data) => importInto(new MemoryStore(), data));
