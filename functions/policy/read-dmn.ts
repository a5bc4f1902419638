/** Reads the one decision table of a DMN file, whatever its version. Used when tables are compiled. */
import { DmnModdle } from 'dmn-moddle';
import * as z from 'zod';

const textSchema = z.object({ text: z.string().default(''), expressionLanguage: z.string().optional() });

const tableSchema = z.object({
  $type: z.literal('dmn:DecisionTable'),
  hitPolicy: z.string(),
  aggregation: z.string().optional(),
  input: z
    .array(
      z.object({
        inputExpression: textSchema.extend({ typeRef: z.string().optional() }),
        inputValues: textSchema.optional(),
      }),
    )
    .default([]),
  output: z.array(
    z.object({
      name: z.string().optional(),
      typeRef: z.string().optional(),
      outputValues: textSchema.optional(),
      defaultOutputEntry: textSchema.optional(),
    }),
  ),
  rule: z
    .array(z.object({ inputEntry: z.array(textSchema).default([]), outputEntry: z.array(textSchema) }))
    .default([]),
});

/** Until when the table is approved; `meridian` stands for `urn:meridian:rules`. */
const VALID_UNTIL = 'meridian:validUntil';

const variableSchema = z.object({ typeRef: z.string().optional() });

const definitionsSchema = z.object({
  expressionLanguage: z.string().optional(),
  itemDefinition: z.array(z.object({ name: z.string(), typeRef: z.string().optional() })).default([]),
  drgElement: z
    .array(
      z.object({
        $type: z.string(),
        name: z.string(),
        /** Attributes of other namespaces, which modelers keep. */
        $attrs: z.record(z.string(), z.string()).default({}),
        variable: variableSchema.optional(),
        decisionLogic: z.unknown().optional(),
      }),
    )
    .default([]),
});

export type DmnTable = z.infer<typeof tableSchema>;
type Definitions = z.infer<typeof definitionsSchema>;

export interface DmnDecision {
  readonly name: string;
  /** As it is written: the attribute `meridian:validUntil` of the decision. */
  readonly validUntil?: string;
  /** Of the decision's own variable. */
  readonly typeRef?: string;
  readonly table: DmnTable;
  /** Declared inputs by name, with their type. */
  readonly inputData: ReadonlyMap<string, string | undefined>;
  /** Types that the file defines, by name, with the type that they are made of. */
  readonly itemTypes: ReadonlyMap<string, string | undefined>;
}

/** `dmn-moddle` knows the namespaces of DMN 1.3 only; the other versions differ in nothing that a decision table uses. */
const OTHER_NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [
    /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|(?:20180521|20211108|20230324|20240513)\/MODEL\/)/gu,
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
  ],
  [
    /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20211108|20230324|20240513)\/DMNDI\//gu,
    'https://www.omg.org/spec/DMN/20191111/DMNDI/',
  ],
];

/** It keeps nothing of what it has read, and knowing the language takes it longer than reading a table. */
const MODDLE = new DmnModdle();

/**
 * The elements of a DMN file as `dmn-moddle` gives them, and what it did not understand.
 * @throws Error when the text is no DMN.
 */
export async function parseDmn(xml: string): Promise<{ readonly root: unknown; readonly warnings: readonly string[] }> {
  const { rootElement, warnings } = await MODDLE.fromXML(
    OTHER_NAMESPACES.reduce((text, [namespace, known]) => text.replaceAll(namespace, known), xml),
  );
  return { root: rootElement, warnings: warnings.map(({ message }) => message.replaceAll(/\s+/gu, ' ')) };
}

/** @throws Error saying why the file has no decision table that can be used. */
export async function readDmn(xml: string): Promise<DmnDecision> {
  const { root, warnings } = await parseDmn(xml);
  const [warning] = warnings;
  if (warning !== undefined) {
    throw new Error(warning);
  }
  const read = definitionsSchema.safeParse(root);
  if (!read.success) {
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const definitions = read.data;
  const decision = onlyDecision(definitions);
  const table = tableSchema.safeParse(decision.decisionLogic).data;
  if (decision.$type !== 'dmn:Decision' || table === undefined) {
    throw new Error(`"${decision.name}" is not a complete decision table`);
  }
  refuseOtherLanguages(definitions, table);
  const validUntil = decision.$attrs[VALID_UNTIL];
  return {
    name: decision.name,
    ...(decision.variable?.typeRef === undefined ? {} : { typeRef: decision.variable.typeRef }),
    ...(validUntil === undefined ? {} : { validUntil }),
    table,
    inputData: new Map(
      definitions.drgElement
        .filter((element) => element.$type === 'dmn:InputData')
        .map((element) => [element.name, element.variable?.typeRef]),
    ),
    itemTypes: new Map(definitions.itemDefinition.map((item) => [item.name, item.typeRef])),
  };
}

function onlyDecision(definitions: Definitions) {
  const isData = (type: string) => type === 'dmn:InputData' || type === 'dmn:KnowledgeSource';
  const [decision, ...others] = definitions.drgElement.filter((element) => !isData(element.$type));
  if (decision === undefined || others.length > 0) {
    const names = [decision, ...others].map((element) => element?.name ?? 'none').join(', ');
    throw new Error(`a file holds one decision, and this one holds: ${names}`);
  }
  return decision;
}

function refuseOtherLanguages(definitions: Definitions, table: DmnTable): void {
  const texts = [
    ...table.input.map((input) => input.inputExpression),
    ...table.rule.flatMap((rule) => [...rule.inputEntry, ...rule.outputEntry]),
  ];
  const languages = [definitions, ...texts].flatMap(({ expressionLanguage }) => expressionLanguage ?? []);
  const other = languages.find((language) => !/(^|\/)feel\/?$/iu.test(language));
  if (other !== undefined) {
    throw new Error(`the expression language ${other} is not FEEL`);
  }
}
