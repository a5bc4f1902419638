/** Of SaxonJS 2 what is used here; the package has no types. */
declare module 'saxon-js' {
  /** A node of the tree that a transformation gives. */
  interface SaxonNode {
    readonly localName: string | null;
    readonly textContent: string | null;
    readonly firstChild: SaxonNode | null;
    readonly nextSibling: SaxonNode | null;
    getAttribute(name: string): string | null;
  }

  interface SaxonJS {
    transform(
      options: {
        readonly stylesheetInternal: unknown;
        readonly sourceText: string;
        readonly destination: 'document';
      },
      execution: 'sync',
    ): { readonly principalResult: SaxonNode };
  }

  const saxon: SaxonJS;

  export type { SaxonNode };
  export default saxon;
}
