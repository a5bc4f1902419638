import { MemoryFiles } from '../../support/memory-files.ts';
import { describeAttachmentFiles } from './files-contract.ts';

const files = new MemoryFiles();

describeAttachmentFiles('memory', () => ({
  files,
  send: async (form, name, content) => files.send(form, name, content),
  get: async (url) => files.get(url),
}));
