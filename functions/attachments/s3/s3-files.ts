/** Files in Amazon S3: what arrives lies under `incoming/` and is deleted by a rule of the bucket, what is kept does not. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import {
  type ArrivedFile,
  type AttachmentFiles,
  DOWNLOAD_MINUTES,
  FORM_MINUTES,
  type KeptFile,
  MAX_FILE_BYTES,
} from '../port.ts';

interface S3Parts {
  readonly client: S3Client;
  readonly bucket: string;
}

const CONTEXT = 'context';
const NOTE = 'note';

export function createS3Files({ client, bucket }: S3Parts): AttachmentFiles {
  const forget = async (Key: string) => {
    await ask(() => client.send(new DeleteObjectCommand({ Bucket: bucket, Key })));
  };
  return {
    async uploadForm({ uploadId, context, returnTo }) {
      const { url, fields } = await createPresignedPost(client, {
        Bucket: bucket,
        // S3 puts the file's own name in the place of the variable.
        Key: `incoming/${uploadId}/\${filename}`,
        Fields: {
          [`x-amz-meta-${CONTEXT}`]: encoded(context),
          ...(returnTo === undefined ? {} : { success_action_redirect: returnTo }),
        },
        Conditions: [['content-length-range', 1, MAX_FILE_BYTES]],
        Expires: FORM_MINUTES * 60,
      });
      return { action: url, fields };
    },

    async readArrived(key) {
      const found = await ask(() => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      return found === undefined ? undefined : arrivedFile(key, found);
    },

    async keep(file, content, note) {
      await ask(() =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: keyOf(file),
            Body: content,
            ContentType: file.mediaType,
            ...(note === undefined ? {} : { Metadata: { [NOTE]: encoded(note) } }),
          }),
        ),
      );
    },

    async describeKept(file) {
      const found = await ask(() => client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(file) })));
      return found && { ...typeAndNote(found), bytes: found.ContentLength ?? 0 };
    },

    async readKept(file) {
      const found = await ask(() => client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(file) })));
      return found && { ...typeAndNote(found), content: await contentOf(found) };
    },

    remove: (file) => forget(keyOf(file)),
    discard: forget,

    downloadUrl(file, name) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: keyOf(file),
        ResponseContentType: file.mediaType,
        ResponseContentDisposition: `attachment; filename*=UTF-8''${rfc5987(name)}`,
      });
      return getSignedUrl(client, command, { expiresIn: DOWNLOAD_MINUTES * 60 });
    },
  };
}

async function arrivedFile(key: string, found: GetObjectCommandOutput): Promise<ArrivedFile> {
  const [, , ...name] = key.split('/');
  return {
    name: name.join('/'),
    content: await contentOf(found),
    context: decoded(found.Metadata?.[CONTEXT]),
  };
}

function typeAndNote({ ContentType = '', Metadata }: Pick<GetObjectCommandOutput, 'ContentType' | 'Metadata'>) {
  const note = decoded(Metadata?.[NOTE]);
  return { mediaType: ContentType, ...(note === '' ? {} : { note }) };
}

async function contentOf({ Body }: GetObjectCommandOutput): Promise<Uint8Array> {
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** Headers take ASCII, and no commas or spaces that a proxy might change. */
function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decoded(header = ''): string {
  return Buffer.from(header, 'base64url').toString();
}

function keyOf({ processId, fileId }: Omit<KeptFile, 'mediaType'>): string {
  return `kept/${processId}/${fileId}`;
}

/** As a header takes it (RFC 5987): `encodeURIComponent` leaves four characters that have a meaning there. */
function rfc5987(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undefined: there is no such object. */
async function ask<Output>(call: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    // A HEAD has no body that could say more.
    if (name === 'NoSuchKey' || name === 'NotFound') {
      return undefined;
    }
    if (name === 'AccessDenied' || name === 'NoSuchBucket') {
      throw new ConfigError(`the bucket of the files cannot be used: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`S3 did not answer as it should: ${name}`, { cause });
  }
}
