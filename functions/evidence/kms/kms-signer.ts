/** Signing by a key of AWS KMS that never leaves it (https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html). */
import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { Signer, SigningKey } from '../signing/port.ts';

const REFUSALS = new Set([
  'AccessDeniedException',
  'NotFoundException',
  'DisabledException',
  'KMSInvalidStateException',
]);

export function createKmsSigner({ client, keyId }: { readonly client: KMSClient; readonly keyId: string }): Signer {
  return {
    async publicKey() {
      const { PublicKey } = await ask(() => client.send(new GetPublicKeyCommand({ KeyId: keyId })));
      return signingKey(PublicKey ?? new Uint8Array());
    },
    async sign(content) {
      // A manifest is larger than the 4 KB that KMS hashes itself.
      const digest = createHash('sha256').update(content).digest();
      const command = new SignCommand({
        KeyId: keyId,
        Message: digest,
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      });
      const { Signature } = await ask(() => client.send(command));
      return Signature ?? new Uint8Array();
    },
  };
}

function signingKey(der: Uint8Array): SigningKey {
  const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  return {
    pem: key.export({ format: 'pem', type: 'spki' }).toString(),
    sha256: createHash('sha256').update(der).digest('hex'),
  };
}

async function ask<Output>(call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (REFUSALS.has(name)) {
      throw new ConfigError(`the key that signs books cannot be used: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`KMS did not answer as it should: ${name}`, { cause });
  }
}
