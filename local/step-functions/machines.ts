/** How executions of a machine are run: durably and told in full, or for five minutes at most. */
export type MachineType = 'STANDARD' | 'EXPRESS';

/** What an update of a machine changes, and what a version keeps. */
export interface Revision {
  readonly roleArn: string;
  /** The text as it was sent. */
  readonly definition: string;
  /** Absent until the first update: AWS calls that revision INITIAL. */
  readonly revisionId?: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** A state machine as it was created or last updated. */
export interface Machine extends Revision {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly createdAt: number;
  /** The number that was given last; a number is never given again. */
  readonly lastVersion: number;
  /** What was said of its first version when it was created; absent when none was published then. */
  readonly publishedAtCreation?: { readonly description?: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** A revision of a machine that stays as it is. */
export interface MachineVersion extends Revision {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly description?: string;
  readonly createdAt: number;
}

/** Which share of an alias's executions a version gets, in per cent. */
export interface Route {
  readonly versionArn: string;
  readonly weight: number;
}

/** A name for one version of a machine, or for two. */
export interface MachineAlias {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly Route[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A part of a list. */
export interface Range {
  readonly offset: number;
  readonly limit: number;
}

/** The state machines of an account. What is written can be read at once; the promise resolves when it is on disk. */
export interface MachineStore {
  get(arn: string): Machine | undefined;
  /** Keeps a machine, and the version that is published with it. */
  put(machine: Machine, version?: MachineVersion): Promise<void>;
  /** Removes a machine with its versions and aliases. */
  remove(arn: string): Promise<void>;
  /** In the order of their ARNs. */
  list(range: Range): readonly Machine[];

  version(machineArn: string, number: number): MachineVersion | undefined;
  /** Newest first. */
  versions(machineArn: string, range: Range): readonly MachineVersion[];
  removeVersion(machineArn: string, number: number): Promise<void>;

  alias(machineArn: string, name: string): MachineAlias | undefined;
  putAlias(alias: MachineAlias): Promise<void>;
  /** Newest first. */
  aliases(machineArn: string, range: Range): readonly MachineAlias[];
  removeAlias(machineArn: string, name: string): Promise<void>;
}
