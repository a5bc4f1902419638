/** The QR codes that a picture shows. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ConfigError } from '../../runtime/errors.ts';

/** What the thread that reads is given. */
export interface PictureTask {
  readonly picture: Uint8Array;
  /** Path of the decoder's WebAssembly. */
  readonly wasmFile: string;
}

export interface PictureReader {
  /**
   * Texts of the QR codes in a JPEG or PNG. None: it shows none, cannot be decoded, is too large to be, or takes too long.
   * @throws ConfigError when the reader is not beside the function
   */
  codesIn(picture: Uint8Array): Promise<readonly string[]>;
}

interface PictureReaderParts extends Pick<PictureTask, 'wasmFile'> {
  /** Path of the built `picture-worker.ts`. */
  readonly workerFile: string;
  /** After so many milliseconds a picture counts as one without codes: some are drawn so as to take minutes. */
  readonly limitMilliseconds: number;
}

/** Nothing is loaded before the first picture comes. */
export function createPictureReader({ workerFile, wasmFile, limitMilliseconds }: PictureReaderParts): PictureReader {
  return {
    async codesIn(picture) {
      const worker = new Worker(workerFile, { workerData: { picture, wasmFile } satisfies PictureTask });
      try {
        const [codes] = await once(worker, 'message', { signal: AbortSignal.timeout(limitMilliseconds) });
        return codes;
      } catch (cause) {
        if (cause instanceof Error && cause.name === 'AbortError') {
          return [];
        }
        throw new ConfigError('the reader of pictures does not start: deploy the stack again', { cause });
      } finally {
        await worker.terminate();
      }
    },
  };
}
