/** The part of `dmn-moddle` that is used here; the package brings no types. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    /** `warnings` are about elements, attributes and references that it does not understand. */
    fromXML(xml: string): Promise<{ readonly rootElement: unknown; readonly warnings: readonly Error[] }>;
    toXML(element: unknown, options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
    create(type: string, properties: { readonly [property: string]: unknown }): unknown;
  }
}
