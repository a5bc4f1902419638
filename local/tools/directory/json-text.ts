/** JSON whose values are known by their lines. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Problem, type SourceFile, textOf } from './source.ts';

export interface JsonText {
  readonly value: unknown;
  /** Line of what stands at the path, or of the nearest thing around it; from 1. */
  readonly lineAt: (path: readonly (string | number)[]) => number;
}

export function readJson(file: SourceFile): JsonText | { readonly problem: Problem } {
  const text = textOf(file);
  if (text === undefined) {
    return { problem: problemOf(file, 1, 'the file is not in UTF-8', 'save it in UTF-8') };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [error] = errors;
  if (root === undefined || error !== undefined) {
    const what = error === undefined ? 'is empty' : `is no JSON: ${printParseErrorCode(error.error)}`;
    return { problem: problemOf(file, lineOf(text, error?.offset ?? 0), `the file ${what}`, 'mend the line') };
  }
  return {
    value: getNodeValue(root),
    lineAt: (path) => lineOf(text, nearest(root, path).offset),
  };
}

function nearest(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const found = findNodeAtLocation(root, path.slice(0, length));
    if (found !== undefined) {
      return found;
    }
  }
  return root;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function problemOf({ name: file }: SourceFile, line: number, problem: string, remedy: string): Problem {
  return { file, line, field: '(whole)', problem, remedy };
}
