/**
 * What answers of DingTalk mean. Its older interfaces answer 200 with `{errcode, errmsg}`, and put the true reason into
 * `sub_code` where errcode is 88; the newer ones answer failures with a status and `{code, message}`. Codes:
 * https://open.dingtalk.com/document/orgapp/server-api-error-codes-1
 */
import * as z from 'zod';
import type { Dialect } from '../failures.ts';

const answer = z.object({
  errcode: z.string().optional(),
  sub_code: z.string().optional(),
  code: z.string().optional(),
  success: z.boolean().optional(),
});

export const DINGTALK: Dialect = {
  suite: 'DingTalk',
  codeOf: (said) => {
    const { data } = answer.safeParse(said);
    if (data === undefined) {
      return undefined;
    }
    const { errcode = '0', sub_code, code = '0', success = true } = data;
    const first = errcode === '88' && sub_code !== undefined ? sub_code : errcode;
    return first !== '0' ? first : code !== '0' ? code : success ? '0' : 'success is false';
  },
  stale: /^(40014|42001|33001|InvalidAuthentication)$/,
  busy: /^(-1|15|90002|90005|90006|90018|Forbidden\.AccessDenied\.(Qps|Flow|Concurrent)\w*|Throttling(\.\w+)*|systemError|ServiceUnavailable|serverInternalError)$/i,
  notAllowed:
    /^(40001|40013|40089|41027|50002|60011|60020|60121|invalidClientIdOrSecret|invalidAppKeyOrSecret|Forbidden\.AccessDenied\.(AccessTokenPermissionDenied|IpNotInWhiteList))$/i,
};
