const DELIMITERS: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/**
 * The records of a delimited text, by the rules that AWS documents for ItemReader: quotation marks may enclose a field,
 * doubled ones stand for themselves, and a backslash keeps itself, a quotation mark or the delimiter and is otherwise
 * dropped. Empty lines are no records.
 *
 * @param delimiterName - AWS's name of the delimiter
 */
export function csvRecords(text: string, delimiterName = 'COMMA'): string[][] {
  const delimiter = DELIMITERS[delimiterName] ?? ',';
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    record.push(field);
    field = '';
  };
  const endRecord = (): void => {
    endField();
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  };
  const source = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    const following = source.charAt(at + 1);
    if (character === '\\') {
      if (['\\', '"', delimiter].includes(following)) {
        field += following;
        at += 1;
      }
    } else if (character === '"') {
      if (quoted && following === '"') {
        field += '"';
        at += 1;
      } else quoted = !quoted;
    } else if (quoted) field += character;
    else if (character === delimiter) endField();
    else if (character === '\n') endRecord();
    else if (character !== '\r') field += character;
  }
  endRecord();
  return records;
}

/** Records as objects: what a record lacks is empty, what it has beyond the headers is dropped. */
export function recordsAsObjects(
  headers: readonly string[],
  records: readonly string[][],
): { [name: string]: string }[] {
  return records.map((record) => Object.fromEntries(headers.map((name, index) => [name, record[index] ?? ''])));
}
