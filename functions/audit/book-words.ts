/** What the entries say that are about the record itself. */
import { type EntryWords, plain } from './entry-tone.ts';

export const BOOK_WORDS: { readonly [type: string]: EntryWords } = {
  BookClosed: plain((f) =>
    f.say(
      `The book of ${f.text('day')} was closed and signed: ${f.text('entries')} entries of ${f.text('chains')} records, ${f.text('damages')} damages; manifest ${f.text('manifestSha256').slice(0, 12)}`,
      `${f.text('day')} 的记录账册已封存并签名：${f.text('chains')} 份记录共 ${f.text('entries')} 条，发现损坏 ${f.text('damages')} 处；清单摘要 ${f.text('manifestSha256').slice(0, 12)}`,
    ),
  ),
};
