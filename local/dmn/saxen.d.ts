/** The part of `saxen` that is used here; the package brings no types. */
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    /** Names of elements and attributes come with the prefixes that are given here for their namespaces. */
    ns(prefixes: { readonly [namespace: string]: string }): this;
    on(
      event: 'openTag',
      listener: (name: string, attributes: () => { readonly [name: string]: string }, decode: Decode) => void,
    ): this;
    on(event: 'closeTag', listener: (name: string) => void): this;
    on(event: 'text', listener: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', listener: (text: string) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    parse(xml: string): void;
  }
}
