import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { describeDirectory } from './directory-contract.ts';

describeDirectory('a file', async (data) => createFileDirectory(data));
