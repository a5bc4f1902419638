/** A UBL invoice that has arrived, against the official rules of EN 16931. */
import type { AttachmentFiles } from '../attachments/port.ts';
import { type RuleReport, reportOf } from './domain/rule-report.ts';
import type { InvoiceRules } from './port.ts';
import { ublDocument } from './ubl.ts';

interface CheckEn16931Deps {
  readonly files: Pick<AttachmentFiles, 'readArrived'>;
  readonly rules: InvoiceRules;
}

/**
 * @param key - of the file in the bucket
 * @returns undefined: there is no such file any more, or it is no UBL invoice; a DOCTYPE, and with it every entity of its own, is
 *   refused before anything else reads it
 */
export async function checkEn16931({ files, rules }: CheckEn16931Deps, key: string): Promise<RuleReport | undefined> {
  const arrived = await files.readArrived(key);
  const document = arrived && ublDocument(arrived.content);
  if (document === undefined) {
    return undefined;
  }
  if (document.isTooLong) {
    return { outcome: 'unchecked' };
  }
  const broken = await rules.brokenBy(document.text);
  const { version } = rules;
  return broken === undefined ? { outcome: 'inapplicable', rules: version } : reportOf(version, broken);
}
