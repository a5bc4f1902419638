/** What the entries say that are about the record itself. */
import { both, type Text } from '../pages/language.ts';
import { type EntryWords, plain } from './entry-tone.ts';

const READ: { readonly [what: string]: Text } = {
  record: both('the record', '审批记录'),
  export: both('an export of the record', '审批记录（导出文件）'),
  file: both('a file', '附件'),
  evidence: both('the evidence', '审计证据'),
  books: both('exported books', '导出的记录账册'),
};
const readText = (what: string): Text => READ[what] ?? both(what, what);

export const BOOK_WORDS: { readonly [type: string]: EntryWords } = {
  BookClosed: plain((f) =>
    f.say(
      `The book of ${f.text('day')} was closed and signed: ${f.text('entries')} entries of ${f.text('chains')} records, ${f.text('damages')} damages; manifest ${f.text('manifestSha256').slice(0, 12)}`,
      `${f.text('day')} 的记录账册已封存并签名：${f.text('chains')} 份记录共 ${f.text('entries')} 条，发现损坏 ${f.text('damages')} 处；清单摘要 ${f.text('manifestSha256').slice(0, 12)}`,
    ),
  ),
  RecordRead: plain((f) =>
    f.say(
      `${f.word('what', readText)} of ${f.text('of')} was read`,
      `查阅了 ${f.text('of')} 的${f.word('what', readText)}`,
    ),
  ),
  PersonalValuesErased: plain((f) =>
    f.text('items') !== ''
      ? f.say(
          `${f.text('operator')} erased what the request and ${f.text('items')} items of its process kept of people: ${f.text('reason')}`,
          `${f.text('operator')} 删除了申请及流程 ${f.text('items')} 项中保留的个人信息：${f.text('reason')}`,
        )
      : f.say(
          `${f.text('operator')} erased the personal values of ${f.count('sequences')} entries: ${f.text('reason')}`,
          `${f.text('operator')} 删除了 ${f.count('sequences')} 条记录的个人信息：${f.text('reason')}`,
        ),
  ),
};
