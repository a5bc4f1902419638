/** Books in memory or in a folder, and a key to sign them with. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NewEntry } from '../../functions/audit/domain/record.ts';
import type { Shelf } from '../../functions/evidence/books/port.ts';
import { type BookDeps, closeBooks } from '../../functions/evidence/close-books.ts';
import { noteGrowth } from '../../functions/evidence/note-growth.ts';
import type { Signer } from '../../functions/evidence/signing/port.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import { createProcess, updateProcess } from '../../functions/process/update-process.ts';
import { newHead } from '../unit/process/heads.ts';
import { SettableClock, seededRandomness } from './ambient.ts';
import { MemoryStore } from './memory-store.ts';

const DAY_SECONDS = 86_400;

export class MemoryShelf implements Shelf {
  readonly files = new Map<string, Uint8Array>();
  /** Called before each file is put; what it throws, the shelf throws. */
  beforePut: (path: string) => void = () => undefined;

  async put(path: string, content: Uint8Array): Promise<void> {
    this.beforePut(path);
    this.files.set(path, content);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.files.get(path);
  }

  /** As whoever exports them gets them. */
  async writeTo(folder: string): Promise<void> {
    for (const [path, content] of this.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
  }
}

/** Signs as KMS does, with a key of P-256 of its own. */
export function memorySigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return signerOf(privateKey, publicKey);
}

function signerOf(privateKey: KeyObject, publicKey: KeyObject): Signer {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return {
    publicKey: async () => ({
      pem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
      sha256: createHash('sha256').update(der).digest('hex'),
    }),
    sign: async (content) => sign('sha256', content, privateKey),
  };
}

export interface EvidenceWorld extends Omit<BookDeps, 'store' | 'clock' | 'shelf'> {
  readonly store: MemoryStore;
  readonly clock: SettableClock;
  readonly shelf: MemoryShelf;
  /** Registers a process, or goes on with it, by so many entries; each is noted as the stream would. */
  grow(processId: string, entries?: number, entry?: Partial<NewEntry>): Promise<void>;
  /** Goes on to the next day and closes the books of those that are over. */
  nextDay(): ReturnType<typeof closeBooks>;
}

/** It is noon of the first of January. */
export async function evidenceWorld(): Promise<EvidenceWorld> {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-01-01T12:00:00.000Z');
  const shelf = new MemoryShelf();
  const deps = {
    ...{ store, clock, shelf, signer: memorySigner(), randomness: seededRandomness(1) },
    installation: 'meridian-test',
    hasTime: () => true,
  };
  // As the first run of the day of the deployment does: the book of the day before is empty.
  await closeBooks(deps);
  await noteBooks(deps);
  return {
    ...deps,
    async grow(processId, entries = 1, entry = {}) {
      for (let count = 0; count < entries; count += 1) {
        await addEntry(deps, processId, {
          type: 'Noted',
          actor: { kind: 'meridian', id: 'test' },
          facts: {},
          ...entry,
        });
      }
      await noteGrowth(deps, await store.readRecord(processId));
    },
    async nextDay() {
      clock.forward(DAY_SECONDS);
      const closed = await closeBooks(deps);
      await noteBooks(deps);
      return closed;
    },
  };
}

/** Closing is recorded, which the stream tells of as well. */
async function noteBooks(deps: { readonly store: ProcessStore; readonly clock: SettableClock }): Promise<void> {
  await noteGrowth(deps, await deps.store.readRecord('books'));
}

async function addEntry(deps: BookDeps, processId: string, entry: NewEntry): Promise<void> {
  const head = newHead({ processId });
  if ((await deps.store.readRecord(processId)).length === 0) {
    await createProcess(deps, { ...head, startedAt: deps.clock.now().toISOString() }, { entries: [entry] }, []);
    return;
  }
  await updateProcess<unknown, void>(deps, processId, () => ({ change: { entries: [entry] }, output: undefined }));
}
