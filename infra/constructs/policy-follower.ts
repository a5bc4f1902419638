import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { environment as followPolicies } from '../../functions/approvals/follow-policies.env.ts';
import type { ProcessTables } from './process-tables.ts';
import type { Setting } from './setting.ts';
import { TaskFunction } from './task-function.ts';
import { every } from './ticks.ts';

/** Ticks never meet: a run ends in time, and the next one goes on where it stood. */
const RUN = Duration.minutes(8);
const TICK = Duration.minutes(10);

interface PolicyFollowerProps {
  readonly setting: Setting;
  readonly tables: ProcessTables;
  /** The functions that route approvals. */
  readonly routers: readonly TaskFunction<z.ZodType>[];
}

/** Has open tasks follow the rules and the directory that were deployed last. */
export class PolicyFollower extends Construct {
  readonly follower: TaskFunction<typeof followPolicies>;

  constructor(scope: Construct, id: string, { setting, tables, routers }: PolicyFollowerProps) {
    super(scope, id);
    this.follower = new TaskFunction<typeof followPolicies>(this, 'follow-policies', {
      setting,
      environment: tables.environment,
      timeoutSeconds: RUN.toSeconds(),
    });
    tables.allowChanges(this.follower);
    tables.allowRemoving(this.follower);
    tables.allowLists(this.follower);
    tables.allowTimeLists(this.follower);
    // Deployed after them: what was routed by the rules before is there when it looks for it.
    this.follower.lambda.node.addDependency(...routers.map(({ lambda }) => lambda));
    every(TICK, this.follower);
  }
}
