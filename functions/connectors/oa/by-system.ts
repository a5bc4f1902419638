/** A company may have several OAs: each is told in its own way. */
import { ConnectorPermanentError } from '../../runtime/errors.ts';
import type { OaPort } from './port.ts';

/**
 * @param suites - by the name of the OA (`oa.system`)
 * @param callback - tells all others; undefined: the company has configured none, and their messages are refused
 */
export function oaBySystem(suites: ReadonlyMap<string, OaPort>, callback: OaPort | undefined): OaPort {
  return {
    async tell(notice) {
      const oa = suites.get(notice.oa.system) ?? callback;
      if (oa === undefined) {
        throw new ConnectorPermanentError('no callback of the OA is configured');
      }
      await oa.tell(notice);
    },
  };
}
