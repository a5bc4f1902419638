/** The part of `bpmn-auto-layout` that is used here; the package brings no types. */
declare module 'bpmn-auto-layout' {
  /** @returns the same process with a diagram */
  export function layoutProcess(xml: string): Promise<string>;
}
