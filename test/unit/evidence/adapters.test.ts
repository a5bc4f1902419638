import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKmsSigner } from '../../../functions/evidence/kms/kms-signer.ts';
import { createS3Shelf } from '../../../functions/evidence/s3/s3-shelf.ts';

/** A client that answers what it is told to, and remembers what it was asked. */
function clientOf(answer: object | Error) {
  const sent: object[] = [];
  const send = async ({ input }: { readonly input: object }): Promise<object> => {
    sent.push(input);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, client: { send } as never };
}

function named(name: string): Error {
  return Object.assign(new Error('a text of the service'), { name });
}

describe('signing by KMS', () => {
  it('gives the digest to be signed, whatever the size of the content', async () => {
    const { client, sent } = clientOf({ Signature: Uint8Array.of(1, 2) });
    const content = Buffer.alloc(100_000, 'a');

    expect(await createKmsSigner({ client, keyId: 'key' }).sign(content)).toEqual(Uint8Array.of(1, 2));

    const Message = createHash('sha256').update(content).digest();
    expect(sent).toEqual([{ KeyId: 'key', Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }]);
  });

  it('gives the public key as PEM, and its digest', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const der = publicKey.export({ format: 'der', type: 'spki' });
    const key = await createKmsSigner({ ...clientOf({ PublicKey: new Uint8Array(der) }), keyId: 'key' }).publicKey();

    expect(createPublicKey(key.pem).equals(publicKey)).toBe(true);
    expect(key.sha256).toBe(createHash('sha256').update(der).digest('hex'));
  });

  it.each([
    ['AccessDeniedException', 'ConfigError'],
    ['DisabledException', 'ConfigError'],
    ['ThrottlingException', 'ConnectorTransientError'],
  ])('says of %s that it is a %s', async (failure, name) => {
    const signer = createKmsSigner({ ...clientOf(named(failure)), keyId: 'key' });

    await expect(signer.sign(Buffer.from('a'))).rejects.toMatchObject({ name });
    await expect(signer.publicKey()).rejects.toMatchObject({ name });
  });
});

describe('books in S3', () => {
  const buckets = { books: 'the-books', personal: 'the-values' };

  it('lie apart from personal values', async () => {
    const { client, sent } = clientOf({});
    const shelf = createS3Shelf({ client, ...buckets });
    await shelf.put('books/2026-01-01/manifest.json', Uint8Array.of(1));
    await shelf.put('personal/2026-01-01/part-00001.personal.jsonl.gz', Uint8Array.of(2));

    expect(sent).toMatchObject([{ Bucket: 'the-books' }, { Bucket: 'the-values' }]);
  });

  it('are read, or not there', async () => {
    const found = createS3Shelf({
      ...clientOf({ Body: { transformToByteArray: async () => Uint8Array.of(7) } }),
      ...buckets,
    });
    const missing = createS3Shelf({ ...clientOf(named('NoSuchKey')), ...buckets });

    expect(await found.read('books/a')).toEqual(Uint8Array.of(7));
    expect(await missing.read('books/a')).toBeUndefined();
  });

  it.each([
    ['AccessDenied', 'ConfigError'],
    ['NoSuchBucket', 'ConfigError'],
    ['SlowDown', 'ConnectorTransientError'],
  ])('say of %s that it is a %s', async (failure, name) => {
    const shelf = createS3Shelf({ ...clientOf(named(failure)), ...buckets });

    await expect(shelf.put('books/a', Uint8Array.of(1))).rejects.toMatchObject({ name });
  });
});
