/** Makes DMN models for tests of the evaluation. */
import { evaluateDecision } from '../../../local/dmn/decisions.ts';
import { readModel } from '../../../local/dmn/model.ts';

/** A model of these elements, in the words of DMN 1.5. */
export function modelOf(elements: string) {
  return readModel(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="d" namespace="urn:test">${elements}</definitions>`);
}

export function input(name: string, typeRef: string): string {
  return `<inputData id="in-${idOf(name)}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/></inputData>`;
}

/** `needs`: ids of inputs (`in-…`), decisions (`de-…`) and functions (`fn-…`). */
export function decision(name: string, needs: readonly string[], logic: string, typeRef?: string): string {
  const type = typeRef === undefined ? '' : ` typeRef="${typeRef}"`;
  return `<decision id="de-${idOf(name)}" name="${name}"><variable name="${name}"${type}/>${needs
    .map(requirement)
    .join('')}${logic}</decision>`;
}

/** Cells of a table: tests first, then results. */
export function table(
  parts: { readonly attributes: string; readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  rows: readonly (readonly string[])[],
): string {
  const inputs = parts.inputs.map((text) => `<input><inputExpression><text>${text}</text></inputExpression></input>`);
  const rules = rows.map(
    (cells) =>
      `<rule>${cells
        .map((cell, index) => {
          const element = index < parts.inputs.length ? 'inputEntry' : 'outputEntry';
          return `<${element}><text>${cell.replaceAll('<', '&lt;')}</text></${element}>`;
        })
        .join('')}</rule>`,
  );
  return `<decisionTable ${parts.attributes}>${[...inputs, ...parts.outputs, ...rules].join('')}</decisionTable>`;
}

export function literal(text: string): string {
  return `<literalExpression><text>${text.replaceAll('<', '&lt;')}</text></literalExpression>`;
}

/** What the decision of a model answers. */
export async function decide(elements: string, name: string, inputs: { readonly [name: string]: unknown } = {}) {
  return evaluateDecision(await modelOf(elements), name, inputs);
}

function idOf(name: string): string {
  return name.replaceAll(/[^a-z0-9]/giu, '-');
}

function requirement(id: string): string {
  const element = { in: 'requiredInput', de: 'requiredDecision', fn: 'requiredKnowledge' }[id.slice(0, 2)];
  const kind = element === 'requiredKnowledge' ? 'knowledgeRequirement' : 'informationRequirement';
  return `<${kind}><${element} href="#${id}"/></${kind}>`;
}
