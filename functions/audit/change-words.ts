/** What the entries of engineering changes say. */
import { midSentence, outcomeText } from '../pages/words.ts';
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import { issuesText } from './issues-text.ts';

export const CHANGE_WORDS: { readonly [type: string]: EntryWords } = {
  EngineeringChangeRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} asked for an engineering change as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交工程变更 ${f.text('requestId')}`,
    ),
  ),
  EngineeringChangeChecked: plain((f) =>
    f.say(
      `The change is complete: ${f.text('productCode')} from ${f.text('effectiveOn')} on, drawn up on bill ${f.text('basedOn')}; ${f.money('atStake')} are needed no more`,
      `校验通过：${f.text('productCode')}，自 ${f.text('effectiveOn')} 起生效，基于物料清单 ${f.text('basedOn')}；不再需要的金额 ${f.money('atStake')}`,
    ),
  ),
  EngineeringChangeRefused: bad((f) =>
    f.say(`The engineering change was refused: ${issuesText(f)}`, `工程变更未受理：${issuesText(f)}`),
  ),
  EngineeringChangeResubmitted: plain((f) =>
    f.say(
      `The requester sent an altered change in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交工程变更，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  BomVersionIntended: quiet((f) =>
    f.say(
      `About to prepare the new bill of ${f.text('productCode')} in the ERP`,
      `准备在 ERP 中建立 ${f.text('productCode')} 的新物料清单`,
    ),
  ),
  BomVersionPrepared: plain((f) =>
    f.say(
      `The ERP has the new bill ${f.text('bomId')}; it counts from ${f.text('effectiveOn')} on`,
      `ERP 已建立新物料清单 ${f.text('bomId')}，自 ${f.text('effectiveOn')} 起生效`,
    ),
  ),
  BomChangeIntended: quiet((f) =>
    f.say(
      `About to put the new bill of ${f.text('productCode')} into force`,
      `准备使 ${f.text('productCode')} 的新物料清单生效`,
    ),
  ),
  BomChanged: plain((f) =>
    f.say(`${f.text('productCode')} is made by the new bill`, `${f.text('productCode')} 已按新物料清单生产`),
  ),
  BomFoundChanged: bad((f) =>
    f.say(
      `The ERP's bill of ${f.text('productCode')} is not ${f.text('basedOn')} any more; nothing was changed`,
      `ERP 中 ${f.text('productCode')} 的物料清单已不是 ${f.text('basedOn')}，未做任何更改`,
    ),
  ),
  BomDiscardIntended: quiet((f) => f.say('About to take the new bill back in the ERP', '准备在 ERP 中撤销新物料清单')),
  BomVersionDiscarded: plain((f) => f.say('The new bill was taken back in the ERP', 'ERP 中的新物料清单已撤销')),
  EngineeringChangeClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};
