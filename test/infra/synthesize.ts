/** Synthesizes the stack once per configuration, with bundles that hold nothing: what functions do is tested elsewhere. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import * as z from 'zod';
import type { Bundle } from '../../infra/bundles.ts';
import { type Company, readCompany } from '../../infra/config.ts';
import { type LocalCloud, MeridianStack } from '../../infra/meridian-stack.ts';
import { bundleNames, ROOT, temporaryFolder } from './project.ts';

export const exampleCompany: Company = readCompany(join(ROOT, 'infra/company.example.json'));

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
  DependsOn: z.array(z.string()).optional(),
  Metadata: z.object({ 'aws:cdk:path': z.string().optional() }).optional(),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.unknown()).default({}),
});
type Resource = z.infer<typeof resourceSchema>;

/** A synthesized template with what tests ask of it. */
export interface Synthesized {
  readonly file: string;
  readonly terminationProtection: boolean;
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
  const file = join(outdir, `${stack.stackName}.template.json`);
  app.synth();
  const findings = nagFindings(app);
  const template = templateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    file,
    terminationProtection: stack.terminationProtection ?? false,
    resources: template.Resources,
    outputs: template.Outputs,
    findings,
  };
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
