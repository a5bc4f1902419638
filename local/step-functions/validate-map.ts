import { isObject } from './json.ts';
import type { Report } from './problems.ts';

type Fields = { readonly [key: string]: unknown };

const READERS = ['getObject', 'listObjectsV2'];
const INPUT_TYPES = ['JSON', 'JSONL', 'CSV', 'MANIFEST', 'PARQUET'];
const DELIMITERS = ['COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'];
const DISTRIBUTED_FIELDS = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];

/** Checks the parts of a Map that read, batch and write items. */
export function checkMap(state: Fields, where: string, report: Report): void {
  const processor = state.ItemProcessor ?? state.Iterator;
  const config = isObject(processor) && isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {};
  for (const field of DISTRIBUTED_FIELDS) {
    if (field in state && config.Mode !== 'DISTRIBUTED') {
      report.schema('Field is supported in a Map of mode DISTRIBUTED only', `${where}/${field}`);
    }
  }
  const at = `${where}/${'ItemProcessor' in state ? 'ItemProcessor' : 'Iterator'}/ProcessorConfig`;
  oneOf(config.Mode, ['INLINE', 'DISTRIBUTED'], `${at}/Mode`, report);
  oneOf(config.ExecutionType, ['STANDARD', 'EXPRESS'], `${at}/ExecutionType`, report);
  if ('ItemReader' in state) checkReader(asFields(state.ItemReader), `${where}/ItemReader`, report);
  if ('ItemBatcher' in state) checkBatcher(asFields(state.ItemBatcher), `${where}/ItemBatcher`, report);
  if ('ResultWriter' in state) checkWriter(asFields(state.ResultWriter), `${where}/ResultWriter`, report);
}

function checkReader(reader: Fields, where: string, report: Report): void {
  const action = actionOf(reader.Resource);
  if (!READERS.includes(action)) report.schema('Value is not the ARN of an ItemReader', `${where}/Resource`);
  const config = asFields(reader.ReaderConfig);
  const at = `${where}/ReaderConfig`;
  oneOf(config.InputType, INPUT_TYPES, `${at}/InputType`, report);
  oneOf(config.CSVHeaderLocation, ['FIRST_ROW', 'GIVEN'], `${at}/CSVHeaderLocation`, report);
  oneOf(config.CSVDelimiter, DELIMITERS, `${at}/CSVDelimiter`, report);
  if (action === 'getObject' && config.InputType === undefined) {
    report.schema("The field 'InputType' is required but was missing", at);
  }
  if (config.InputType === 'CSV' && config.CSVHeaderLocation === undefined) {
    report.schema("The field 'CSVHeaderLocation' is required but was missing", at);
  }
  if (config.CSVHeaderLocation === 'GIVEN' && !Array.isArray(config.CSVHeaders)) {
    report.schema("The field 'CSVHeaders' is required but was missing", at);
  }
}

function checkBatcher(batcher: Fields, where: string, report: Report): void {
  if (batcher.MaxItemsPerBatch === undefined && batcher.MaxInputBytesPerBatch === undefined) {
    report.schema('At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]', where);
  }
}

function checkWriter(writer: Fields, where: string, report: Report): void {
  if (writer.Resource === undefined && writer.WriterConfig === undefined) {
    report.schema('At least one of these fields is required: [Resource, WriterConfig]', where);
  }
  if (writer.Resource !== undefined && actionOf(writer.Resource) !== 'putObject') {
    report.schema('Value is not the ARN of a ResultWriter', `${where}/Resource`);
  }
  const config = asFields(writer.WriterConfig);
  const at = `${where}/WriterConfig`;
  oneOf(config.Transformation, ['NONE', 'COMPACT', 'FLATTEN'], `${at}/Transformation`, report);
  oneOf(config.OutputType, ['JSON', 'JSONL'], `${at}/OutputType`, report);
}

function oneOf(value: unknown, allowed: readonly string[], where: string, report: Report): void {
  if (value !== undefined && !allowed.includes(String(value))) {
    report.schema(`Value must be one of [${allowed.join(', ')}]`, where);
  }
}

function actionOf(resource: unknown): string {
  return /^arn:[^:]*:states:[^:]*:[^:]*:s3:(?<action>\w+)$/.exec(String(resource))?.groups?.action ?? '';
}

function asFields(value: unknown): Fields {
  return isObject(value) ? value : {};
}
