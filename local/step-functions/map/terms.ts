import type { ItemReader, ResultWriter } from '../definition.ts';

/** The numbers of a Map state, evaluated; undefined where the state does not give them. */
export interface MapLimits {
  /** 0 is without limit. */
  readonly concurrency: number;
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
}

/** What a Map reads its items from, evaluated. */
export interface ReadRequest {
  readonly kind: 'object' | 'listing';
  readonly bucket: string;
  /** The object, or the prefix of the objects that are listed. */
  readonly key: string;
  readonly versionId?: string;
  readonly config: ReaderFormat;
  /** How many items are taken at most; without it, all. */
  readonly maxItems?: number;
}

/** The form of the object that is read. */
export type ReaderFormat = Omit<NonNullable<ItemReader['ReaderConfig']>, 'MaxItems'>;

/** What was read: an object's text, or the objects of a listing; or why nothing was. */
export type ReadContent =
  | { readonly text: string }
  | { readonly objects: readonly ListedObject[] }
  | { readonly failed: string };

/** An object as a listing shows it. */
export interface ListedObject {
  readonly etag: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  readonly size: number;
  readonly storageClass: string;
}

/** What becomes of the results of a distributed Map, evaluated. Without a bucket they stay in the state's output. */
export interface WriteTarget {
  readonly bucket?: string;
  readonly prefix: string;
  readonly transformation: Formats['Transformation'];
  readonly outputType: Formats['OutputType'];
}

type Formats = Required<NonNullable<ResultWriter['WriterConfig']>>;

/** An object to write. */
export interface ResultFile {
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
}
