/** The ARN of an execution of a machine. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** The ARN of an execution of a machine of type EXPRESS: names may be used again, so an id of its own tells it apart. */
export function expressExecutionArn(machineArn: string, name: string, id: string): string {
  return `${machineArn.replace(':stateMachine:', ':express:')}:${name}:${id}`;
}

/** The machine that the child executions of a distributed Map belong to: the machine's own with the Map's label. */
export function itemMachineArn(machineArn: string, label: string): string {
  return `${machineArn}/${label}`;
}

/** The ARN of one run of a distributed Map. */
export function mapRunArn(machineArn: string, label: string, id: string): string {
  return `${itemMachineArn(machineArn, label).replace(':stateMachine:', ':mapRun:')}:${id}`;
}

/** What an ARN of a machine names: the machine itself, one of its versions or aliases, or a Map in it. */
export interface MachineReference {
  readonly arn: string;
  /** Of the machine, without what qualifies it. */
  readonly machineArn: string;
  readonly version?: number;
  readonly alias?: string;
  readonly label?: string;
}

const MACHINE_ARN =
  /^(?<machine>arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:/]+)(?:\/(?<label>[^:]+)|:(?<qualifier>[^:]+))?$/;

/** Reads an ARN of a machine, qualified or not; undefined for any other text. */
export function machineReference(arn: string): MachineReference | undefined {
  const parts = MACHINE_ARN.exec(arn)?.groups;
  if (parts === undefined) return undefined;
  const { machine = '', label, qualifier } = parts;
  return { arn, machineArn: machine, ...(label === undefined ? {} : { label }), ...qualified(qualifier) };
}

function qualified(qualifier: string | undefined): { readonly version?: number; readonly alias?: string } {
  if (qualifier === undefined) return {};
  return /^\d+$/.test(qualifier) ? { version: Number(qualifier) } : { alias: qualifier };
}
