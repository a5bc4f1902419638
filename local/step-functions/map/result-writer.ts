import { executionArn } from '../arns.ts';
import type { ResultWriter } from '../definition.ts';
import type { ChildGroup, GroupRun, ItemRecord, Thread } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import type { Json, JsonObject } from '../json.ts';
import { scopeOf, type Turn } from '../turn.ts';
import type { ResultFile, WriteTarget } from './terms.ts';

/** Evaluates what becomes of the results of a Map; undefined when it says nothing of them. Throws EvaluationError. */
export async function writeTargetOf(
  turn: Turn,
  thread: Thread,
  writer: ResultWriter | undefined,
): Promise<WriteTarget | undefined> {
  if (writer === undefined) return undefined;
  const { Transformation: transformation, OutputType: outputType = 'JSON' } = writer.WriterConfig ?? {};
  if (writer.Resource === undefined) return { prefix: '', transformation: transformation ?? 'COMPACT', outputType };
  const args = (await evaluate(writer.Arguments ?? {}, 'ResultWriter/Arguments', scopeOf(turn, thread))) as JsonObject;
  return {
    bucket: String(args.Bucket ?? ''),
    prefix: String(args.Prefix ?? ''),
    transformation: transformation ?? 'NONE',
    outputType,
  };
}

/** A group of a distributed Map, with what its child executions have in common. */
export interface WrittenGroup {
  readonly group: ChildGroup;
  readonly run: GroupRun;
  readonly target: WriteTarget;
  /** The machine of the child executions. */
  readonly machineArn: string;
}

/** The results of a Map whose ResultWriter names no place: what the state has as its result. */
export function resultsInState({ group, run, target, machineArn }: WrittenGroup): Json {
  const results = group.inputs.map((input, index) => {
    const record = run.records[index] ?? null;
    const whole = target.transformation === 'NONE' || record?.status !== 'SUCCEEDED';
    return whole ? described(record, input, group.results[index], machineArn) : (group.results[index] ?? null);
  });
  const shaped = target.transformation === 'FLATTEN' ? results.flat() : results;
  return target.outputType === 'JSONL' ? asLines(shaped) : shaped;
}

/** The objects of a Map's results, as AWS lays them out: one for each way to end, and a manifest that names them. */
export function resultFiles(written: WrittenGroup): ResultFile[] {
  const { target, run } = written;
  const folder = folderOf(target, run.runArn);
  const ending = target.outputType === 'JSONL' ? 'jsonl' : 'json';
  const files = (['SUCCEEDED', 'FAILED', 'PENDING'] as const).map((ending_) => ({
    name: ending_,
    key: `${folder}/${ending_}_0.${ending}`,
    results: resultsEnding(written, ending_),
  }));
  const bucket = target.bucket ?? '';
  const texts = files
    .filter(({ results }) => results.length > 0)
    .map(({ name, key, results }) => ({
      name,
      bucket,
      key,
      body: target.outputType === 'JSONL' ? asLines(results) : JSON.stringify(results),
    }));
  const named = (name: string) =>
    texts.filter((file) => file.name === name).map(({ key, body }) => ({ Key: key, Size: Buffer.byteLength(body) }));
  const manifest = {
    DestinationBucket: bucket,
    MapRunArn: run.runArn,
    ResultFiles: { FAILED: named('FAILED'), PENDING: named('PENDING'), SUCCEEDED: named('SUCCEEDED') },
  };
  return [
    ...texts.map(({ key, body }) => ({ bucket, key, body })),
    { bucket, key: manifestKey(target, run.runArn), body: JSON.stringify(manifest) },
  ];
}

/** The result of a Map whose results were written: where they are. */
export function writtenResult(target: WriteTarget, runArn: string): JsonObject {
  return {
    MapRunArn: runArn,
    ResultWriterDetails: { Bucket: target.bucket ?? '', Key: manifestKey(target, runArn) },
  };
}

function manifestKey(target: WriteTarget, runArn: string): string {
  return `${folderOf(target, runArn)}/manifest.json`;
}

/** Each run has a folder of its own, by its id. */
function folderOf({ prefix }: WriteTarget, runArn: string): string {
  const id = runArn.split(':').at(-1) ?? runArn;
  const base = prefix.replace(/\/$/, '');
  return base === '' ? id : `${base}/${id}`;
}

function resultsEnding({ group, run, target, machineArn }: WrittenGroup, ending: 'SUCCEEDED' | 'FAILED' | 'PENDING') {
  const results: Json[] = [];
  for (const [index, input] of group.inputs.entries()) {
    const record = run.records[index] ?? null;
    if (endingOf(record) !== ending) continue;
    const output = group.results[index] ?? null;
    const whole = target.transformation === 'NONE' || ending !== 'SUCCEEDED';
    if (whole) results.push(described(record, input, output, machineArn));
    else if (target.transformation === 'FLATTEN' && Array.isArray(output)) results.push(...output);
    else results.push(output);
  }
  return results;
}

function endingOf(record: ItemRecord | null): 'SUCCEEDED' | 'FAILED' | 'PENDING' {
  if (record === null) return 'PENDING';
  return record.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
}

/** A child execution as DescribeExecution tells of it, in the spelling of the result files. */
function described(record: ItemRecord | null, input: Json, output: Json | undefined, machineArn: string): JsonObject {
  const given = { Input: JSON.stringify(input), InputDetails: { Included: true }, StateMachineArn: machineArn };
  if (record === null) return { ...given, Status: 'PENDING' };
  const { name, status, error, cause, redriveCount, startedAt, stoppedAt } = record;
  const succeeded = status === 'SUCCEEDED';
  return {
    ...given,
    ExecutionArn: executionArn(machineArn, name),
    Name: name,
    Status: status,
    StartDate: new Date(startedAt).toISOString(),
    ...(stoppedAt === undefined ? {} : { StopDate: new Date(stoppedAt).toISOString() }),
    ...(succeeded ? { Output: JSON.stringify(output ?? null), OutputDetails: { Included: true } } : {}),
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
    RedriveCount: redriveCount,
    RedriveStatus: succeeded ? 'NOT_REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN',
    ...(succeeded ? { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' } : {}),
  };
}

function asLines(results: readonly Json[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join('');
}
