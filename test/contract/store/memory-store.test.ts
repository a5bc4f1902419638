import { MemoryStore } from '../../support/memory-store.ts';
import { describeProcessStore } from './store-contract.ts';

const store = new MemoryStore();

describeProcessStore('memory', () => store);
