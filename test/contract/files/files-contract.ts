/** What every store of files does, whatever keeps them. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type AttachmentFiles,
  MAX_FILE_BYTES,
  MAX_NOTE_CHARACTERS,
  type UploadForm,
} from '../../../functions/attachments/port.ts';
import { DOCUMENT, PICTURE } from '../../support/sample-files.ts';

export interface FilesRig {
  readonly files: AttachmentFiles;
  /** What a browser does with a form. @returns whether the store took it, and where the browser went then */
  send(
    form: UploadForm,
    name: string,
    content: Uint8Array,
  ): Promise<{ readonly taken: boolean; readonly went?: string }>;
  /** What a browser gets at an address. */
  get(url: string): Promise<{ readonly content: Uint8Array; readonly mediaType: string; readonly savedAs: string }>;
}

const RETURN_TO = 'https://pages.meridian.example/d/secret/attach?arrived';
const CONTEXT = JSON.stringify({ processId: 'p-1', by: 'E-2001', 备注: '中文' });

export function describeAttachmentFiles(name: string, rig: () => FilesRig): void {
  const terms = () => ({ uploadId: randomUUID(), context: CONTEXT, returnTo: RETURN_TO });
  /** The form of new terms, and the key of what is sent by it. */
  const newForm = async (fileName: string) => {
    const own = terms();
    return { form: await rig().files.uploadForm(own), key: `incoming/${own.uploadId}/${fileName}` };
  };
  const aFile = () => ({ processId: randomUUID(), fileId: randomUUID(), mediaType: 'application/pdf' });

  describe(`${name} as the store of files`, () => {
    it.each(['offer.pdf', '报价单 (终稿) 100%+1.pdf'])(
      'takes %s by a form, and gives it with what was signed',
      async (fileName) => {
        const { form, key } = await newForm(fileName);

        const { taken, went } = await rig().send(form, fileName, DOCUMENT);

        expect(taken).toBe(true);
        expect(went).toMatch(/^https:\/\/pages\.meridian\.example\/d\/secret\/attach\?arrived/);
        const arrived = await rig().files.readArrived(key);
        expect(arrived).toMatchObject({ name: fileName, context: CONTEXT });
        expect(Buffer.from(arrived?.content ?? []).equals(DOCUMENT)).toBe(true);
      },
    );

    it('takes a file by a form that leads nowhere, as programs send it', async () => {
      const { uploadId, context } = terms();
      const form = await rig().files.uploadForm({ uploadId, context });

      expect(await rig().send(form, 'offer.pdf', DOCUMENT)).toEqual({ taken: true });
      expect(await rig().files.readArrived(`incoming/${uploadId}/offer.pdf`)).toMatchObject({ context: CONTEXT });
    });

    it.each([
      ['empty', new Uint8Array()],
      ['larger than it may be', new Uint8Array(MAX_FILE_BYTES + 1)],
    ])('does not take a file that is %s', async (_is, content) => {
      const { form, key } = await newForm('x.pdf');

      expect((await rig().send(form, 'x.pdf', content)).taken).toBe(false);
      expect(await rig().files.readArrived(key)).toBeUndefined();
    });

    it('does not take a form of which a signed field was changed', async () => {
      const { form, key } = await newForm('x.pdf');

      // All but the signature itself, which the emulator does not compare.
      for (const [field, value] of Object.entries(form.fields).filter(([name]) => !/signature/i.test(name))) {
        const changed = { ...form, fields: { ...form.fields, [field]: `x${value}` } };
        expect((await rig().send(changed, 'x.pdf', DOCUMENT)).taken, field).toBe(false);
      }
      expect(await rig().files.readArrived(key)).toBeUndefined();
    });

    it('has forgotten what was discarded, also twice', async () => {
      const { form, key } = await newForm('x.pdf');
      await rig().send(form, 'x.pdf', DOCUMENT);

      await rig().files.discard(key);
      await rig().files.discard(key);

      expect(await rig().files.readArrived(key)).toBeUndefined();
    });

    it('gives what was kept, once and again, as a file to be saved under its name', async () => {
      const file = { ...aFile(), mediaType: 'image/png' };
      await rig().files.keep(file, PICTURE);
      await rig().files.keep(file, PICTURE);

      const got = await rig().get(await rig().files.downloadUrl(file, "报价 (1)'s.png"));

      expect(Buffer.from(got.content).equals(PICTURE)).toBe(true);
      expect(got).toMatchObject({ mediaType: 'image/png', savedAs: "报价 (1)'s.png" });
    });

    it('reads what was kept with its type, and nothing where nothing was kept or it was removed', async () => {
      const file = { ...aFile(), processId: 'receipts/E-1001', mediaType: 'application/xml' };
      expect(await rig().files.readKept(file)).toBeUndefined();

      await rig().files.keep(file, DOCUMENT);
      const kept = await rig().files.readKept(file);
      expect(kept?.mediaType).toBe('application/xml');
      expect(Buffer.from(kept?.content ?? []).equals(DOCUMENT)).toBe(true);

      await rig().files.remove(file);
      expect(await rig().files.readKept(file)).toBeUndefined();
    });

    it('describes what was kept with its type, size and note, and nothing where nothing was kept', async () => {
      const file = { ...aFile(), mediaType: 'image/png' };
      expect(await rig().files.describeKept(file)).toBeUndefined();

      await rig().files.keep(file, PICTURE, 'a note');
      expect(await rig().files.describeKept(file)).toEqual({
        mediaType: 'image/png',
        bytes: PICTURE.byteLength,
        note: 'a note',
      });

      await rig().files.remove(file);
      expect(await rig().files.describeKept(file)).toBeUndefined();
    });

    it('reads the note that was kept with a file, as long as it may be, and none of a file without', async () => {
      const noted = { ...aFile(), mediaType: 'image/png' };
      const note = '{"codes":["01,32,,1"]}'.padEnd(MAX_NOTE_CHARACTERS, ' ~');
      await rig().files.keep(noted, PICTURE, note);
      const without = aFile();
      await rig().files.keep(without, DOCUMENT);

      expect(await rig().files.readKept(noted)).toMatchObject({ mediaType: 'image/png', note });
      expect(await rig().files.readKept(without)).not.toHaveProperty('note');
    });

    it('gives nothing that was removed, also twice', async () => {
      const file = aFile();
      await rig().files.keep(file, DOCUMENT);

      await rig().files.remove(file);
      await rig().files.remove(file);

      await expect(rig().get(await rig().files.downloadUrl(file, 'x.pdf'))).rejects.toThrow();
    });
  });
}
