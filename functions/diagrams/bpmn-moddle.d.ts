/** The part of `bpmn-moddle` that is used here; what the package says of itself are the types of its elements alone. */
declare module 'bpmn-moddle' {
  /** An element: set its properties, read them by name. */
  export interface BpmnElement {
    readonly $type: string;
    get(property: string): unknown;
    set(property: string, value: unknown): void;
  }
  export class BpmnModdle {
    /** `warnings` are about elements, attributes and references that it does not understand. */
    fromXML(xml: string): Promise<{ readonly rootElement: BpmnElement; readonly warnings: readonly Error[] }>;
    toXML(element: BpmnElement, options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
    create(type: string, properties: { readonly [property: string]: unknown }): BpmnElement;
  }
}
