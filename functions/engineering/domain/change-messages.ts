/** What the OA is told about an engineering change and about nothing else, in both languages. Pure. */
import type { EngineeringChange } from '../../events/engineering-change-submitted.ts';
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
import type { Reason } from '../../requests/domain/request.ts';
import type { ChangeOutcome } from './change-process.ts';

/** It stands in the ERP. */
export function preparedMessage({ productCode, effectiveOn }: EngineeringChange, bomId: string): OaMessage {
  return message(
    'recorded',
    `The new bill of materials of ${productCode} (${bomId}) stands in the ERP and counts from ${effectiveOn} on. It can be withdrawn until then.`,
    `${productCode} 的新物料清单（${bomId}）已在 ERP 建立，自 ${effectiveOn} 起生效。生效前可以撤回。`,
    { productCode, effectiveOn, bomId },
  );
}

/** Why an approved change comes to nothing. */
export const STALE_REASON: Reason = {
  en: 'Somebody changed the bill of materials in the ERP after this change was checked. Nothing was changed; file it again on the bill in force.',
  zh: '变更校验之后，ERP 中的物料清单已被他人修改。本次未做任何更改，请以当前生效版本为基础重新提交。',
};

export const CHANGE_ENDINGS: { readonly [outcome in ChangeOutcome]: Ending } = {
  implemented: {
    status: 'implemented',
    en: 'The product is made by the new bill of materials from now on.',
    zh: '产品自即日起按新物料清单生产。',
  },
  stale: { status: 'cancelled', en: 'The engineering change was not carried out.', zh: '工程变更未执行。' },
  ...commonEndings({ en: 'engineering change', zh: '工程变更' }),
};
