/** The ARN of an execution of a machine. */
export function executionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** The machine that the child executions of a distributed Map belong to: the machine's own with the Map's label. */
export function itemMachineArn(machineArn: string, label: string): string {
  return `${machineArn}/${label}`;
}

/** The ARN of one run of a distributed Map. */
export function mapRunArn(machineArn: string, label: string, id: string): string {
  return `${itemMachineArn(machineArn, label).replace(':stateMachine:', ':mapRun:')}:${id}`;
}
