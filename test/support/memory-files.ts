/** Files in memory, as the store of the port keeps them; `send` and `get` are what a browser does. */
import { createHash } from 'node:crypto';
import {
  type ArrivedFile,
  type AttachmentFiles,
  type KeptContent,
  type KeptFile,
  MAX_FILE_BYTES,
  MAX_NOTE_CHARACTERS,
  type UploadForm,
  type UploadTerms,
} from '../../functions/attachments/port.ts';

/** Stands for the name that the browser sends with the file. */
const FILE_NAME = '$' + '{filename}';
const HOST = 'https://files.meridian.example';

export class MemoryFiles implements AttachmentFiles {
  readonly arrived = new Map<string, ArrivedFile>();
  readonly kept = new Map<string, KeptContent>();

  async uploadForm({ uploadId, context, returnTo }: UploadTerms): Promise<UploadForm> {
    const signed = {
      key: `incoming/${uploadId}/${FILE_NAME}`,
      context,
      ...(returnTo === undefined ? {} : { returnTo }),
    };
    return { action: `${HOST}/`, fields: { ...signed, signature: signatureOf(signed) } };
  }

  /** Where the browser goes when the store has taken the file. */
  send({ fields }: UploadForm, name: string, content: Uint8Array): { readonly taken: boolean; readonly went?: string } {
    const { signature, ...signed } = fields;
    const isFit = content.byteLength > 0 && content.byteLength <= MAX_FILE_BYTES;
    if (signature !== signatureOf(signed) || !isFit) return { taken: false };
    const { key = '', context = '', returnTo } = signed;
    this.arrived.set(
      key.replace(FILE_NAME, () => name),
      { name, content, context },
    );
    return { taken: true, ...(returnTo === undefined ? {} : { went: returnTo }) };
  }

  get(url: string): { readonly content: Uint8Array; readonly mediaType: string; readonly savedAs: string } {
    const { pathname, searchParams } = new URL(url);
    const found = this.kept.get(pathname.slice('/kept/'.length));
    if (found === undefined) throw new Error(`there is no file at ${url}`);
    const { content, mediaType } = found;
    return { content, mediaType, savedAs: searchParams.get('name') ?? '' };
  }

  async readArrived(key: string): Promise<ArrivedFile | undefined> {
    return this.arrived.get(key);
  }

  async keep(file: KeptFile, content: Uint8Array, note?: string): Promise<void> {
    if ((note?.length ?? 0) > MAX_NOTE_CHARACTERS) throw new Error('S3 takes no such large metadata');
    this.kept.set(keyOf(file), { mediaType: file.mediaType, content, ...(note === undefined ? {} : { note }) });
  }

  async describeKept(file: Omit<KeptFile, 'mediaType'>) {
    const found = this.kept.get(keyOf(file));
    if (found === undefined) return undefined;
    const { content, ...known } = found;
    return { ...known, bytes: content.byteLength };
  }

  async readKept(file: Omit<KeptFile, 'mediaType'>) {
    return this.kept.get(keyOf(file));
  }

  async remove(file: KeptFile): Promise<void> {
    this.kept.delete(keyOf(file));
  }

  async discard(key: string): Promise<void> {
    this.arrived.delete(key);
  }

  async downloadUrl(file: KeptFile, name: string): Promise<string> {
    return `${HOST}/kept/${keyOf(file)}?name=${encodeURIComponent(name)}`;
  }
}

/** Holds the fields together, as the signature of a real form does. */
function signatureOf(fields: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

function keyOf({ processId, fileId }: Omit<KeptFile, 'mediaType'>): string {
  return `${processId}/${fileId}`;
}
