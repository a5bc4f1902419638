/** Small files of real kinds. */

/** The smallest picture of the PNG format: one transparent point. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A page that a browser would run, under whatever name. */
export const SCRIPT = Buffer.from('<!doctype html><script>alert(1)</script>');

/** A document of Adobe's format without pages. */
export const DOCUMENT = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF');
