/**
 * What answers of WeCom mean: status 200 with `{errcode, errmsg}`, of which every errcode but 0 is a failure, and one more: a
 * message that reached nobody. Codes: https://developer.work.weixin.qq.com/document/path/90313
 */
import * as z from 'zod';
import type { Dialect } from '../failures.ts';

const answer = z.object({ errcode: z.string(), invaliduser: z.string().default('') });

export const WECOM: Dialect = {
  suite: 'WeCom',
  codeOf: (said) => {
    const { errcode, invaliduser = '' } = answer.safeParse(said).data ?? {};
    return errcode === '0' && invaliduser !== '' ? 'invaliduser' : errcode;
  },
  stale: /^(40014|41001|42001)$/,
  busy: /^(-1|6000|45009|45033|45047|301024)$/,
  // Wrong company, secret or address, or the app may not do this.
  notAllowed: /^(40001|40013|40056|40091|48001|48002|48004|48006|50001|50002|60011|60020|301002|301023|301055)$/,
};
