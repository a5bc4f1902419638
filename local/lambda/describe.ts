/** Finds the code and the settings of functions that are deployed to the local cloud. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOptions } from '../cloud/aws.ts';
import { CLOUD_PYTHON } from '../cloud/paths.ts';
import type { FunctionDescription } from './outcome.ts';

/**
 * @param options.codeFolder - bundles are unpacked here once, one folder for each hash of their code
 * @returns what `createLambdaHost` asks; it throws when the function does not exist
 */
export function describeFromMinistack(options: {
  readonly endpoint: string;
  readonly codeFolder: string;
}): (functionArnOrName: string) => Promise<FunctionDescription> {
  const lambda = new LambdaClient(clientOptions(options.endpoint));
  const unpacking = new Map<string, Promise<string>>();
  return async (functionArnOrName) => {
    const { Configuration: found, Code: code } = await lambda.send(
      new GetFunctionCommand({ FunctionName: functionArnOrName }),
    );
    const { FunctionArn: arn, FunctionName: name, Handler: handler, CodeSha256: hash } = found ?? {};
    if (!arn || !name || !handler || !hash || !code?.Location) {
      throw new Error(`the local cloud describes no code of ${functionArnOrName}`);
    }
    const location = code.Location;
    const folder = join(options.codeFolder, Buffer.from(hash, 'base64').toString('hex'));
    const ready = unpacking.get(folder) ?? unpack(location, folder);
    unpacking.set(folder, ready);
    ready.catch(() => unpacking.delete(folder));
    return {
      arn,
      name,
      folder: await ready,
      handler,
      environment: found?.Environment?.Variables ?? {},
      timeoutSeconds: found?.Timeout ?? 3,
      memoryMb: found?.MemorySize ?? 128,
    };
  };
}

async function unpack(location: string, folder: string): Promise<string> {
  if (existsSync(folder)) return folder;
  const response = await fetch(location);
  if (!response.ok) throw new Error(`the local cloud gave no code: HTTP ${response.status} from ${location}`);
  const making = `${folder}.making-${process.pid}`;
  await mkdir(making, { recursive: true });
  const zip = `${making}.zip`;
  try {
    await writeFile(zip, Buffer.from(await response.arrayBuffer()));
    await promisify(execFile)(CLOUD_PYTHON, ['-m', 'zipfile', '-e', zip, making]);
    await rename(making, folder);
  } finally {
    await rm(zip, { force: true });
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}
