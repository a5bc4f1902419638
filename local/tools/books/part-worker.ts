/** A thread that checks parts of books, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { BookPart } from '../../../functions/evidence/domain/book.ts';
import { checkPartFiles } from './part-files.ts';

parentPort?.on('message', ({ folder, part }: { readonly folder: string; readonly part: BookPart }) => {
  void checkPartFiles(folder, part).then((checked) => parentPort?.postMessage(checked));
});
