/** Reads the test cases of the DMN Technology Compatibility Kit (dmn-tck/tck, TestCases/testCases.xsd). */
import { date, dateAndTime, duration, time } from 'feelin';
import { Parser } from 'saxen';

/** What a case gives, and what it expects of which decisions. */
export interface KitCase {
  readonly inputs: { readonly [name: string]: unknown };
  readonly results: readonly { readonly name: string; readonly expected: unknown }[];
}

export interface KitFile {
  /** The file with the model, beside this one. */
  readonly model: string;
  /** `read` throws an Error when a value is none that `feelin` can hold, such as a year of ten digits. */
  readonly cases: readonly { readonly id: string; readonly read: () => KitCase }[];
}

interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: XmlElement[];
  text: string;
}

const NAMESPACES = {
  'http://www.omg.org/spec/DMN/20160719/testcase': 'tc',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
};

/** Undefined: the file holds something else. @throws Error when it is no XML. */
export function readKitFile(xml: string): KitFile | undefined {
  const root = parseXml(xml);
  if (root?.name !== 'tc:testCases') {
    return undefined;
  }
  return {
    model: root.children.find(({ name }) => name === 'tc:modelName')?.text.trim() ?? '',
    cases: childrenOf(root, 'testCase').map((testCase) => ({
      id: testCase.attributes.id ?? '',
      read: () => readCase(testCase),
    })),
  };
}

function readCase(testCase: XmlElement): KitCase {
  return {
    inputs: Object.fromEntries(childrenOf(testCase, 'inputNode').map((node) => [nameOf(node), heldBy(node)])),
    results: childrenOf(testCase, 'resultNode').map((node) => ({
      name: nameOf(node),
      expected: childrenOf(node, 'expected').map(heldBy)[0] ?? null,
    })),
  };
}

function parseXml(xml: string): XmlElement | undefined {
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const add = (text: string) => {
    const current = open.at(-1);
    if (current !== undefined) {
      current.text += text;
    }
  };
  new Parser()
    .ns(NAMESPACES)
    .on('openTag', (name, attributes, decode) => {
      const decoded = Object.entries(attributes()).map(([key, value]) => [key, decode(value)]);
      const element = { name, attributes: Object.fromEntries(decoded), children: [], text: '' };
      open.at(-1)?.children.push(element);
      root ??= element;
      open.push(element);
    })
    .on('closeTag', () => {
      open.pop();
    })
    .on('text', (text, decode) => add(decode(text)))
    .on('cdata', add)
    .on('error', (error) => {
      throw error;
    })
    .parse(xml);
  return root;
}

function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === `tc:${name}`);
}

function nameOf({ attributes }: XmlElement): string {
  return (attributes.name ?? '').trim().replaceAll(/\s+/gu, ' ');
}

/** Of an element that holds a value, a list or components. */
function heldBy(element: XmlElement): unknown {
  const [list] = childrenOf(element, 'list');
  if (list !== undefined) {
    return childrenOf(list, 'item').map(heldBy);
  }
  const components = childrenOf(element, 'component');
  if (components.length > 0) {
    return Object.fromEntries(components.map((component) => [nameOf(component), heldBy(component)]));
  }
  const [value] = childrenOf(element, 'value');
  return value === undefined || value.attributes['xsi:nil'] === 'true' ? null : literalOf(value);
}

function literalOf({ attributes, text }: XmlElement): unknown {
  const type = attributes['xsi:type']?.replace(/^.*:/u, '');
  switch (type) {
    case 'boolean':
      return text.trim() === 'true' || text.trim() === '1';
    case 'decimal':
    case 'double':
    case 'float':
    case 'integer':
    case 'int':
    case 'long':
      return Number(text);
    case 'date':
      return date(text.trim());
    case 'time':
      return time(text.trim());
    case 'dateTime':
      return dateAndTime(text.trim());
    case 'duration':
      return duration(text.trim());
    default:
      return text;
  }
}
