/** Whether a request is with its requester for changes, as the OA knows from the answers that it got back. */
import { decimalSchema } from '../../../functions/money/money.ts';
import type { Filing } from '../events.ts';
import type { FiledRequest, OaAnswer } from '../oa.ts';

/** The version that a changed requisition takes the place of; undefined: nobody asks for one. */
export function versionToReplace(answers: readonly OaAnswer[]): number | undefined {
  const asked = answers.findLast(({ status }) => status === 'returned');
  const isOver = answers.some(({ sequence, status, facts }) => {
    return facts.final === true || (status === 'accepted' && sequence > (asked?.sequence ?? 0));
  });
  const version = asked?.facts.version;
  return typeof version === 'number' && !isOver ? version : undefined;
}

/** The lines with the quantities that were filled in; one that is left empty goes. Undefined: one cannot be read. */
export function linesWith(
  { requisition }: FiledRequest,
  quantities: Readonly<Record<string, string>>,
): Filing['lines'] | undefined {
  const lines = requisition.lines.flatMap(({ productCode, unitPrice }, index) => {
    const quantity = quantities[`quantity.${index}`]?.trim() ?? '';
    return quantity === '' ? [] : [{ productCode, quantity, unitPrice }];
  });
  return lines.every(({ quantity }) => decimalSchema.safeParse(quantity).success) ? lines : undefined;
}
