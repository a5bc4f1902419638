/**
 * Where files that people add are kept. A file arrives by a form of the browser that goes straight to the store, under
 * terms that were signed for one person and one task; it is read, checked, and only then kept.
 */

/** What the form of an upload is bound to; nobody can change it on the way. */
export interface UploadTerms {
  /** Random and never used before; no secret. */
  readonly uploadId: string;
  /** Whatever the reader of the arrived file must know: JSON text of at most 1,500 bytes. */
  readonly context: string;
  /** Where the browser goes once the file has arrived; undefined: nowhere, the sender is a program. */
  readonly returnTo?: string | undefined;
}

/** A form that takes one file: the fields as hidden ones, then the file as the last one, named `file`. */
export interface UploadForm {
  readonly action: string;
  readonly fields: { readonly [name: string]: string };
}

/** A file that has arrived and is not checked yet. */
export interface ArrivedFile {
  /** As its sender calls it. */
  readonly name: string;
  readonly content: Uint8Array;
  /** {@link UploadTerms.context} as it was signed. */
  readonly context: string;
}

/** A file that was read and found fit. */
export interface KeptFile {
  /** The process that it belongs to; for a receipt, the folder of its employee's receipts. */
  readonly processId: string;
  readonly fileId: string;
  readonly mediaType: string;
}

/** What is known of a kept file without reading it. */
export interface KeptDescription extends Pick<KeptFile, 'mediaType'> {
  readonly bytes: number;
  /** As it was kept with it. */
  readonly note?: string;
}

/** A kept file as it is read again. */
export interface KeptContent extends Omit<KeptDescription, 'bytes'> {
  readonly content: Uint8Array;
}

/** Characters of ASCII that can be kept with a file: S3 takes 2 KB beside an object. */
export const MAX_NOTE_CHARACTERS = 1_400;

/** Bytes of the largest file that a form takes. */
export const MAX_FILE_BYTES = 10_000_000;
/** Minutes for which a form takes files. */
export const FORM_MINUTES = 60;
/** Minutes for which an address gives a file. */
export const DOWNLOAD_MINUTES = 5;

/**
 * Errors of every operation: `ConnectorTransientError` (down, slow, throttled: the caller may ask again),
 * `ConfigError` (not allowed, or no such bucket).
 */
export interface AttachmentFiles {
  /** Signs a form. Nothing is kept by it. */
  uploadForm(terms: UploadTerms): Promise<UploadForm>;
  /** Undefined: there is no such file, or it was discarded. */
  readArrived(key: string): Promise<ArrivedFile | undefined>;
  /**
   * Keeps the content; the same again changes nothing.
   * @param note - what whoever reads it again must know, of at most {@link MAX_NOTE_CHARACTERS} of ASCII
   */
  keep(file: KeptFile, content: Uint8Array, note?: string): Promise<void>;
  /** Undefined: nothing was kept there, or it was removed. The content stays where it is, however large. */
  describeKept(file: Omit<KeptFile, 'mediaType'>): Promise<KeptDescription | undefined>;
  /** Undefined: as of {@link describeKept}. */
  readKept(file: Omit<KeptFile, 'mediaType'>): Promise<KeptContent | undefined>;
  /** Forgets what was kept before it counted; what is gone already is fine. */
  remove(file: KeptFile): Promise<void>;
  /** Forgets what has arrived; what is gone already is fine. */
  discard(key: string): Promise<void>;
  /** An address that gives the file for {@link DOWNLOAD_MINUTES}, to be saved under that name and never shown in the page. */
  downloadUrl(file: KeptFile, name: string): Promise<string>;
}
