/** A whole DMN model as the evaluation needs it, read with `dmn-moddle`. */
import * as z from 'zod';
import { parseDmn } from '../../functions/policy/read-dmn.ts';

const textSchema = z.object({ text: z.string().default('') });
const variableSchema = z.object({ name: nameSchema(), typeRef: z.string().optional() });
const referenceSchema = z.object({ href: z.string() });

const tableSchema = z.object({
  $type: z.literal('dmn:DecisionTable'),
  typeRef: z.string().optional(),
  hitPolicy: z.string().default('UNIQUE'),
  aggregation: z.enum(['SUM', 'MIN', 'MAX', 'COUNT']).optional(),
  input: z.array(z.object({ inputExpression: textSchema, inputValues: textSchema.optional() })).default([]),
  output: z.array(
    z.object({
      name: nameSchema().optional(),
      typeRef: z.string().optional(),
      outputValues: textSchema.optional(),
      defaultOutputEntry: textSchema.optional(),
    }),
  ),
  rule: z
    .array(z.object({ inputEntry: z.array(textSchema).default([]), outputEntry: z.array(textSchema) }))
    .default([]),
});

export type DecisionTable = z.infer<typeof tableSchema>;

interface Variable {
  readonly name: string;
  readonly typeRef?: string | undefined;
}

/** A boxed expression. */
export type Expression =
  | DecisionTable
  | { readonly $type: 'dmn:LiteralExpression'; readonly text: string; readonly typeRef?: string | undefined }
  | {
      readonly $type: 'dmn:Context';
      readonly contextEntry: readonly { readonly variable?: Variable | undefined; readonly value: Expression }[];
    }
  | {
      readonly $type: 'dmn:Invocation';
      readonly calledFunction: Expression;
      readonly binding: readonly {
        readonly parameter: Variable;
        readonly bindingFormula?: Expression | undefined;
      }[];
    }
  | { readonly $type: 'dmn:List'; readonly elements: readonly Expression[] }
  | {
      readonly $type: 'dmn:Relation';
      readonly column: readonly Variable[];
      readonly row: readonly { readonly elements: readonly Expression[] }[];
    }
  | FunctionDefinition;

export interface FunctionDefinition {
  readonly $type: 'dmn:FunctionDefinition';
  readonly formalParameter: readonly Variable[];
  readonly body?: Expression | undefined;
}

const expressionSchema: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('$type', [
    tableSchema,
    z.object({
      $type: z.literal('dmn:LiteralExpression'),
      text: z.string().default('null'),
      typeRef: z.string().optional(),
    }),
    z.object({
      $type: z.literal('dmn:Context'),
      contextEntry: z.array(z.object({ variable: variableSchema.optional(), value: expressionSchema })).default([]),
    }),
    z.object({
      $type: z.literal('dmn:Invocation'),
      calledFunction: expressionSchema,
      binding: z
        .array(z.object({ parameter: variableSchema, bindingFormula: expressionSchema.optional() }))
        .default([]),
    }),
    z.object({ $type: z.literal('dmn:List'), elements: z.array(expressionSchema).default([]) }),
    z.object({
      $type: z.literal('dmn:Relation'),
      column: z.array(variableSchema).default([]),
      row: z.array(z.object({ elements: z.array(expressionSchema).default([]) })).default([]),
    }),
    functionSchema,
  ]),
);

const functionSchema = z.object({
  $type: z.literal('dmn:FunctionDefinition'),
  formalParameter: z.array(variableSchema).default([]),
  body: expressionSchema.optional(),
});

/** A type that a model defines. */
export interface ItemDefinition {
  readonly name: string;
  readonly typeRef?: string | undefined;
  readonly allowedValues?: { readonly text: string } | undefined;
  readonly isCollection: boolean;
  readonly itemComponent: readonly ItemDefinition[];
}

const itemSchema: z.ZodType<ItemDefinition> = z.lazy(() =>
  z.object({
    name: nameSchema(),
    typeRef: z.string().optional(),
    allowedValues: textSchema.optional(),
    isCollection: z.boolean().default(false),
    itemComponent: z.array(itemSchema).default([]),
  }),
);

const elementSchema = z.object({
  $type: z.string(),
  id: z.string(),
  name: nameSchema(),
  variable: variableSchema.optional(),
  informationRequirement: z
    .array(z.object({ requiredInput: referenceSchema.optional(), requiredDecision: referenceSchema.optional() }))
    .default([]),
  knowledgeRequirement: z.array(z.object({ requiredKnowledge: referenceSchema })).default([]),
  decisionLogic: expressionSchema.optional(),
  encapsulatedLogic: functionSchema.optional(),
});

/** An input, a decision, or a function that decisions call. */
export type Element = z.infer<typeof elementSchema>;

export interface Model {
  readonly elements: readonly Element[];
  readonly items: ReadonlyMap<string, ItemDefinition>;
}

const definitionsSchema = z.object({
  itemDefinition: z.array(itemSchema).default([]),
  drgElement: z.array(elementSchema).default([]),
});

/** @throws Error when the text is no DMN, or holds an expression of another kind. */
export async function readModel(xml: string): Promise<Model> {
  const { root } = await parseDmn(xml);
  const { itemDefinition, drgElement } = definitionsSchema.parse(root);
  return { elements: drgElement, items: new Map(itemDefinition.map((item) => [item.name, item])) };
}

/** Names mean the same however their words are spaced. */
function nameSchema() {
  return z.string().transform((name) => name.trim().replaceAll(/\s+/gu, ' '));
}
