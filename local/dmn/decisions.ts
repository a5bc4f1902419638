/** Evaluates the decisions of a model: what each needs first, then its own logic. */
import { type EvalContext, evaluate } from 'feelin';
import { evaluateDecisionTable } from './decision-table.ts';
import type { Element, Expression, FunctionDefinition, Model } from './model.ts';
import { conform } from './types.ts';

/** A function of FEEL as `feelin` takes it: `$args` names its parameters for calls by name. */
type FeelFunction = ((...values: readonly unknown[]) => unknown) & { readonly $args: readonly string[] };

/** `inputs` by name. @throws Error when the model has no decision of that name, or it cannot be evaluated at all. */
export function evaluateDecision(model: Model, name: string, inputs: { readonly [input: string]: unknown }): unknown {
  const decision = model.elements.find((element) => element.$type === 'dmn:Decision' && element.name === name);
  if (decision === undefined) {
    throw new Error(`the model has no decision "${name}"`);
  }
  return new Evaluation(model, inputs).decide(decision);
}

/** Of one set of inputs: each decision is evaluated once. */
class Evaluation {
  readonly #model: Model;
  readonly #inputs: { readonly [input: string]: unknown };
  readonly #known = new Map<string, unknown>();

  constructor(model: Model, inputs: { readonly [input: string]: unknown }) {
    this.#model = model;
    this.#inputs = inputs;
  }

  decide(decision: Element): unknown {
    if (!this.#known.has(decision.id)) {
      const typeRef = decision.variable?.typeRef;
      const result =
        decision.decisionLogic === undefined
          ? null
          : this.#evaluate(decision.decisionLogic, this.#scopeOf(decision), typeRef);
      this.#known.set(decision.id, conform(result, typeRef, this.#model));
    }
    return this.#known.get(decision.id);
  }

  /** What an element has asked for, and nothing else. */
  #scopeOf(element: Element): EvalContext {
    const information = element.informationRequirement.map(({ requiredInput, requiredDecision }) =>
      this.#elementAt(requiredInput?.href ?? requiredDecision?.href),
    );
    const knowledge = element.knowledgeRequirement.map(({ requiredKnowledge }) =>
      this.#elementAt(requiredKnowledge.href),
    );
    return Object.fromEntries([...information, ...knowledge].map((needed) => [needed.name, this.#valueOf(needed)]));
  }

  #elementAt(href: string | undefined): Element {
    const found = this.#model.elements.find(({ id }) => id === href?.replace(/^.*#/u, ''));
    if (found === undefined) {
      throw new Error(`the model has no element ${href}`);
    }
    return found;
  }

  #valueOf(element: Element): unknown {
    switch (element.$type) {
      case 'dmn:InputData':
        return conform(this.#inputs[element.name], element.variable?.typeRef, this.#model);
      case 'dmn:Decision':
        // What a test gives for a decision stands in its place.
        return Object.hasOwn(this.#inputs, element.name) ? this.#inputs[element.name] : this.decide(element);
      case 'dmn:BusinessKnowledgeModel':
        return element.encapsulatedLogic === undefined
          ? null
          : this.#functionOf(element.encapsulatedLogic, this.#scopeOf(element), element.variable?.typeRef);
      default:
        throw new Error(`"${element.name}" is a ${element.$type}, which is not evaluated`);
    }
  }

  #functionOf(definition: FunctionDefinition, scope: EvalContext, typeRef: string | undefined): FeelFunction {
    const call = (...values: readonly unknown[]) => {
      const given = definition.formalParameter.map((parameter, index) => [
        parameter.name,
        conform(values[index], parameter.typeRef, this.#model),
      ]);
      const inner = { ...scope, ...Object.fromEntries(given) };
      return definition.body === undefined ? null : this.#evaluate(definition.body, inner, typeRef);
    };
    return Object.assign(call, { $args: definition.formalParameter.map(({ name }) => name) });
  }

  #evaluate(expression: Expression, scope: EvalContext, typeRef?: string): unknown {
    switch (expression.$type) {
      case 'dmn:DecisionTable':
        return evaluateDecisionTable(expression, scope, this.#model, typeRef);
      case 'dmn:LiteralExpression':
        return conform(evaluate(expression.text, scope).value, expression.typeRef, this.#model);
      case 'dmn:Context':
        return this.#evaluateContext(expression, scope, typeRef);
      case 'dmn:Invocation':
        return this.#invoke(expression, scope);
      case 'dmn:List':
        return expression.elements.map((element) => this.#evaluate(element, scope));
      case 'dmn:Relation':
        return expression.row.map(({ elements }) =>
          Object.fromEntries(
            expression.column.map(({ name, typeRef: columnType }, index) => [
              name,
              conform(
                elements[index] === undefined ? null : this.#evaluate(elements[index], scope),
                columnType,
                this.#model,
              ),
            ]),
          ),
        );
      case 'dmn:FunctionDefinition':
        return this.#functionOf(expression, scope, undefined);
    }
  }

  /** Each entry sees those before it; one without a name is the result. */
  #evaluateContext(
    { contextEntry }: Extract<Expression, { readonly $type: 'dmn:Context' }>,
    scope: EvalContext,
    typeRef: string | undefined,
  ): unknown {
    const entries: { [name: string]: unknown } = {};
    for (const { variable, value } of contextEntry) {
      const result = this.#evaluate(value, { ...scope, ...entries }, variable?.typeRef ?? typeRef);
      if (variable === undefined) {
        return result;
      }
      entries[variable.name] = conform(result, variable.typeRef, this.#model);
    }
    return entries;
  }

  #invoke(
    { calledFunction, binding }: Extract<Expression, { readonly $type: 'dmn:Invocation' }>,
    scope: EvalContext,
  ): unknown {
    const given = new Map(
      binding.map(({ parameter, bindingFormula }) => [
        parameter.name,
        conform(
          bindingFormula === undefined ? null : this.#evaluate(bindingFormula, scope),
          parameter.typeRef,
          this.#model,
        ),
      ]),
    );
    const called = this.#evaluate(calledFunction, scope);
    if (isFeelFunction(called)) {
      return [...given.keys()].every((name) => called.$args.includes(name))
        ? called(...called.$args.map((name) => given.get(name) ?? null))
        : null;
    }
    if (calledFunction.$type !== 'dmn:LiteralExpression') {
      return null;
    }
    const parameters = [...given.keys()].map((name, index) => `${name}: value ${index}`);
    const values = Object.fromEntries([...given.values()].map((value, index) => [`value ${index}`, value]));
    return evaluate(`${calledFunction.text}(${parameters.join(', ')})`, { ...scope, ...values }).value ?? null;
  }
}

function isFeelFunction(value: unknown): value is FeelFunction {
  return typeof value === 'function' && '$args' in value && Array.isArray(value.$args);
}
