/** Synthesizes the stack once per configuration, with bundles that hold nothing: what functions do is tested elsewhere. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, NestedStack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import type { Bundle } from '../../infra/bundles.ts';
import { type Company, readCompany } from '../../infra/config.ts';
import { type LocalCloud, MeridianStack } from '../../infra/meridian-stack.ts';
import { bundleNames, ROOT, temporaryFolder } from './project.ts';

export const exampleCompany: Company = readCompany(join(ROOT, 'infra/company.example.json'));

/** The same with all that a company may choose besides: every function is deployed for it. */
export const wholeCompany: Company = {
  ...exampleCompany,
  oa: {
    ...exampleCompany.oa,
    suites: [
      {
        ...{ kind: 'feishu', system: 'feishu', appId: 'cli_a1b2c3', url: 'https://open.feishu.cn' },
        ...{
          secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:feishu-a1b2c3',
          formsFile: '/nowhere/f.json',
        },
      },
      {
        ...{ kind: 'wecom', system: 'wecom', corpId: 'ww1', agentId: '1000002' },
        ...{
          secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:wecom-a1b2c3',
          formsFile: '/nowhere/w.json',
        },
      },
    ],
  },
  europeanInvoices: { rulesFile: '/nowhere/rules.xslt', fatal: 'return', warning: 'review' },
  erp: { ...exampleCompany.erp, billProposals: true },
  replenishment: { startsPerMinute: 60, everyMinutes: 15 },
  orders: { everyMinutes: 5 },
  warnings: {
    subscriptions: [{ protocol: 'email', endpoint: 'audit@lingnan-precision.example' }],
    webhookUrl: 'https://risk.example.com/warnings',
  },
  reconciliation: { everyMinutes: 60, since: '2026-01-01' },
  payroll: {
    ...{ dayOfMonth: 2, hour: 6, toleratedFailurePercentage: 5, atOnce: 10, correctedMonths: 0, systemRoles: [] },
    system: {
      ...{ kind: 'frappe-hr', url: 'https://hr.example.com', company: 'Lingnan Precision' },
      secretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:frappe-hr-a1b2c3',
      ...{ payableAccount: 'Payroll Payable - LP', unpaid: { annual: '0', unpaid: '1' } },
    },
  },
};

/** A statement of a policy, with lists where CloudFormation also takes single values. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly unknown[];
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  DependsOn: z.array(z.string()).optional(),
  Metadata: z.object({ 'aws:cdk:path': z.string().optional() }).optional(),
});
const resourcesSchema = z.record(z.string(), resourceSchema);
const outputsSchema = z.record(z.string(), z.looseObject({ Value: z.unknown() }));
const templateSchema = z.object({
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Resources: resourcesSchema,
  Outputs: outputsSchema.default({}),
});
type Resource = z.infer<typeof resourceSchema>;

/** A template of the deployment: the stack's own, or that of a stack within it. */
interface TemplateFile {
  readonly file: string;
  /** How many it has of each. */
  readonly resources: number;
  readonly outputs: number;
  readonly parameters: number;
}

/** A synthesized stack with what tests ask of it. */
export interface Synthesized {
  readonly files: readonly TemplateFile[];
  readonly terminationProtection: boolean;
  /** Those of nested stacks as well, with what the parent passes in for each parameter. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What cdk-nag found, as `rule at logical id`. */
  readonly findings: readonly string[];
}

const made = new Map<string, Synthesized>();

/** The template for a company, on AWS or for the local cloud. */
export function synthesize(company: Company = exampleCompany, local?: LocalCloud): Synthesized {
  const key = JSON.stringify([company, local]);
  const synthesized = made.get(key) ?? synthesizeNow(company, local);
  made.set(key, synthesized);
  return synthesized;
}

export function ofType(template: Synthesized, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.resources).filter(([, resource]) => resource.Type === type);
}

/** The resource whose construct path, without the stack's name, begins with `path`. */
export function at(template: Synthesized, path: string, type: string): Resource {
  const found = ofType(template, type).filter(([id]) => pathOf(template, id).startsWith(path));
  const [one] = found;
  if (one === undefined || found.length !== 1) {
    throw new Error(`${found.length} resources ${type} at ${path}`);
  }
  return one[1];
}

/** Logical id of the resource at exactly this construct path. */
export function idOf(template: Synthesized, path: string, type: string): string {
  const [found] = ofType(template, type).filter(([id]) => pathOf(template, id) === path);
  if (found === undefined) {
    throw new Error(`nothing at ${path}`);
  }
  return found[0];
}

/** Construct path of the function of a bundle, without the part of the resource. */
export function pathOfFunction(template: Synthesized, bundle: string): string {
  const [found] = ofType(template, 'AWS::Lambda::Function').filter(([id]) =>
    pathOf(template, id).includes(`/${bundle}/`),
  );
  if (found === undefined) {
    throw new Error(`no function ${bundle}`);
  }
  return pathOf(template, found[0]).replace(/\/Function$/, '');
}

/** Logical ids of all roles. */
export function rolesOf(template: Synthesized): readonly string[] {
  return ofType(template, 'AWS::IAM::Role').map(([id]) => id);
}

/** Logical id of the role that a bundle's function has. */
export function roleOfFunction(template: Synthesized, bundle: string): string {
  return idOf(template, `${pathOfFunction(template, bundle)}/Role`, 'AWS::IAM::Role');
}

/** Construct path without the stack's name and `/Resource`. */
export function pathOf({ resources }: Synthesized, id: string): string {
  const path = resources[id]?.Metadata?.['aws:cdk:path'] ?? id;
  return path.replace(/^[^/]+\//, '').replace(/\/Resource$/, '');
}

/** Everything that a role's policies allow. */
export function allowed(template: Synthesized, roleId: string): readonly Statement[] {
  return ofType(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties.Roles).includes(`"${roleId}"`))
    .flatMap(([, { Properties }]) => statements(Properties.PolicyDocument));
}

export function statements(document: unknown): readonly Statement[] {
  const schema = z.object({
    Statement: z.array(
      z.looseObject({ Effect: z.string(), Sid: z.string().optional(), Action: z.unknown(), Resource: z.unknown() }),
    ),
  });
  return schema.parse(document).Statement.map(({ Sid, Action, Resource, ...statement }) => ({
    ...statement,
    ...(Sid === undefined ? {} : { Sid }),
    Action: listOf(Action).map(String),
    Resource: listOf(Resource),
  }));
}

/** An ARN as people read it: construct paths for resources of the stack, `<AWS::Region>` for pseudo parameters. */
export function readable(template: Synthesized, value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = intrinsicSchema.parse(value);
  if (join !== undefined) {
    return join[1].map((part) => readable(template, part)).join('');
  }
  const id = Ref ?? attribute?.[0] ?? '';
  return id.startsWith('AWS::') ? `<${id}>` : pathOf(template, id);
}

const intrinsicSchema = z.object({
  Ref: z.string().optional(),
  'Fn::GetAtt': z.array(z.string()).optional(),
  'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]).optional(),
});

function synthesizeNow(company: Company, local: LocalCloud | undefined): Synthesized {
  const outdir = temporaryFolder();
  const settings = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')));
  const app = new App({ outdir, context: { ...settings.context, 'aws:cdk:enable-path-metadata': true } });
  const bundles = emptyBundles(join(outdir, 'bundles'));
  const stack = new MeridianStack(app, { company, bundles, ...(local === undefined ? {} : { local }) });
  app.synth();
  const findings = nagFindings(app);
  const own = readTemplate(join(outdir, `${stack.stackName}.template.json`));
  const nested = stack.node
    .findAll()
    .filter((child) => child instanceof NestedStack)
    .map(({ templateFile, nestedStackResource }) => {
      const { logicalId } = z.instanceof(CfnResource).parse(nestedStackResource);
      const { Parameters } = own.template.Resources[String(stack.resolve(logicalId))]?.Properties ?? {};
      const id = String(stack.resolve(logicalId));
      return {
        ...readTemplate(join(outdir, templateFile)),
        id,
        passed: z.record(z.string(), z.unknown()).parse(Parameters ?? {}),
      };
    });
  const given = new Map(
    nested.flatMap(({ id, template }) =>
      Object.entries(template.Outputs).map(([name, { Value }]) => [`${id} Outputs.${name}`, Value] as const),
    ),
  );
  return {
    files: [own, ...nested].map(({ file, template }) => ({
      file,
      resources: Object.keys(template.Resources).length,
      outputs: Object.keys(template.Outputs).length,
      parameters: Object.keys(template.Parameters).length,
    })),
    terminationProtection: stack.terminationProtection ?? false,
    resources: resourcesSchema.parse(
      withGiven(
        joined([
          own.template.Resources,
          ...nested.map(({ template, passed }) => resourcesSchema.parse(withPassed(template.Resources, passed))),
        ]),
        given,
      ),
    ),
    outputs: outputsSchema.parse(withGiven(own.template.Outputs, given)),
    findings,
  };
}

function readTemplate(file: string) {
  return { file, template: templateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) };
}

/** All resources by logical id, each of which must be the only one of its id for tests to tell them apart. */
function joined(templates: readonly Readonly<Record<string, Resource>>[]): Readonly<Record<string, Resource>> {
  const entries = templates.flatMap(Object.entries);
  const all = Object.fromEntries(entries);
  if (Object.keys(all).length !== entries.length) {
    throw new Error('two templates of the deployment have a resource of the same logical id');
  }
  return all;
}

/** A part of a nested template, with the values that its stack is given in place of its parameters. */
function withPassed(value: unknown, passed: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withPassed(one, passed));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { Ref: ref, ...others } = value as Readonly<Record<string, unknown>>;
  return typeof ref === 'string' && ref in passed && Object.keys(others).length === 0
    ? passed[ref]
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withPassed(one, passed)]));
}

/** The same with what nested stacks give back in place of the names of their outputs. */
function withGiven(value: unknown, given: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => withGiven(one, given));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { 'Fn::GetAtt': attribute } = value as Readonly<Record<string, unknown>>;
  const name = Array.isArray(attribute) ? attribute.join(' ') : '';
  return given.has(name)
    ? given.get(name)
    : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withGiven(one, given)]));
}

/** What cdk-nag's AwsSolutions find below `scope`, as `rule at logical id`. */
export function nagFindings(scope: IConstruct): readonly string[] {
  return new AwsSolutionsChecks()
    .validateScope(scope)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => `${ruleName} at ${resourceLogicalId}`),
    );
}

function emptyBundles(folder: string): ReadonlyMap<string, Bundle> {
  return new Map(
    bundleNames().map((name) => {
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      // Not the same for all, or the functions would share one asset.
      writeFileSync(join(own, 'index.mjs'), `// ${name}`);
      return [name, { name, folder: own, bytes: 0 }];
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
