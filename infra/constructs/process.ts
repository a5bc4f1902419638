import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArnFormat, CfnDeletionPolicy, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachine,
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { CURRENT_ALIAS } from '../../functions/process/current-alias.ts';
import { acknowledgeAnyResource, acknowledgePattern } from '../nag-reasons.ts';
import {
  CHILD_EVENTS_RULE,
  type Definition,
  neededPermissions,
  OWN_EXECUTIONS,
  OWN_ITEMS,
  OWN_MACHINE,
  placeholders,
} from '../state-machine-permissions.ts';
import type { Setting } from './setting.ts';

const FOLDER = join(import.meta.dirname, '../../statemachines');

interface ProcessProps {
  readonly setting: Setting;
  /** ARN of the function that a placeholder stands for, such as `OpenLevelArn`, or a name such as a bucket's. */
  readonly functionArn: (placeholder: string) => string;
  /** Machines that this one starts, by placeholder. */
  readonly children: Readonly<Record<string, Process>>;
}

/**
 * The state machine of `statemachines/<id>.asl.json`, with a role that allows exactly what the file calls. Its log has
 * every event of an execution but no data; the audit record, not the history, is what is kept.
 */
export class Process extends Construct {
  readonly machine: StateMachine;
  readonly machineName: string;
  readonly #hasVersions: boolean;
  readonly #removalPolicy: RemovalPolicy;
  #current: string | undefined;

  constructor(scope: Construct, id: string, { setting, functionArn, children }: ProcessProps) {
    super(scope, id);
    this.machineName = `${setting.stackName}-${id}`;
    this.#hasVersions = setting.hasVersions;
    this.#removalPolicy = setting.removalPolicy;
    const text = readFileSync(join(FOLDER, `${id}.asl.json`), 'utf8');
    const definition: Definition = JSON.parse(text);
    const substitutions = Object.fromEntries(
      placeholders(text).map((name) => [name, children[name]?.machine.stateMachineArn ?? functionArn(name)]),
    );
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    for (const { actions, resources } of neededPermissions(definition)) {
      const arns = resources.map((resource) => this.#arnOf(resource, substitutions, children));
      role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: arns }));
      for (const arn of resources.flatMap((resource, index) => (isPattern(resource) ? (arns[index] ?? []) : []))) {
        acknowledgePattern(role, arn, arn.includes(':execution:') ? 'Items' : 'Results');
      }
    }
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: this.machineName,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
      definitionSubstitutions: substitutions,
      role,
      tracingEnabled: true,
      logs: { destination: this.#log(setting), level: LogLevel.ALL, includeExecutionData: false },
      removalPolicy: setting.removalPolicy,
    });
    acknowledgeAnyResource(role);
    for (const child of Object.values(children)) {
      acknowledgePattern(role, this.#executionsOf(child), 'Execution');
    }
  }

  /**
   * What new processes are started by: the alias of the version that each deployment publishes, so that executions can be listed
   * by their version (docs/operations.md). Versions stay when they are replaced: executions of theirs may run.
   *
   * @returns the ARN of the alias; where the cloud knows none, of the one that is made after the deployment
   */
  current(): string {
    this.#current ??= this.#hasVersions ? this.#publish() : `${this.machine.stateMachineArn}:${CURRENT_ALIAS}`;
    return this.#current;
  }

  #publish(): string {
    const { stateMachineArn, node } = this.machine;
    const resource = node.defaultChild;
    if (!(resource instanceof CfnStateMachine)) {
      throw new Error('the state machine is not the resource that has its revision');
    }
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn,
      stateMachineRevisionId: resource.attrStateMachineRevisionId,
    });
    version.applyRemovalPolicy(this.#removalPolicy);
    version.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    const alias = new CfnStateMachineAlias(this, 'Current', {
      name: CURRENT_ALIAS,
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
    return alias.attrArn;
  }

  #log(setting: Setting): LogGroup {
    return new LogGroup(this, 'Log', {
      // The prefix keeps CloudWatch Logs' resource policies short: https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      logGroupName: `/aws/vendedlogs/states/${this.machineName}`,
      retention: setting.logRetention,
      removalPolicy: setting.removalPolicy,
    });
  }

  #arnOf(
    resource: string,
    substitutions: Readonly<Record<string, string>>,
    children: Readonly<Record<string, Process>>,
  ): string {
    const stack = Stack.of(this);
    if (resource === CHILD_EVENTS_RULE) {
      return stack.formatArn({ service: 'events', resource: 'rule', resourceName: CHILD_EVENTS_RULE });
    }
    if (resource === OWN_MACHINE) {
      // By its name: the role is made before the machine.
      return stack.formatArn({
        service: 'states',
        resource: 'stateMachine',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        resourceName: this.machineName,
      });
    }
    if (resource === OWN_EXECUTIONS) {
      return this.#executionsOf(this);
    }
    if (resource === OWN_ITEMS) {
      return this.#executionsNamed(`${this.machineName}/*`);
    }
    const [, name = '', part] = /^\$\{(\w+)\}:?(executions|objects)?$/.exec(resource) ?? [];
    const child = children[name];
    if (part === 'executions' && child !== undefined) {
      return this.#executionsOf(child);
    }
    const arn = substitutions[name];
    if (arn === undefined) {
      throw new Error(`nothing is known about ${resource}`);
    }
    return part === 'objects'
      ? stack.formatArn({ service: 's3', region: '', account: '', resource: arn, resourceName: '*' })
      : arn;
  }

  #executionsOf({ machineName }: Process): string {
    return this.#executionsNamed(`${machineName}:*`);
  }

  #executionsNamed(resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName,
    });
  }
}

/** Of which the name of the resource is not known when the stack is made; a child's are acknowledged with the child. */
function isPattern(resource: string): boolean {
  return [OWN_EXECUTIONS, OWN_ITEMS].includes(resource) || resource.endsWith(':objects');
}
