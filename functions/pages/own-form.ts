/**
 * Whether a POST comes from the page's own form. The link's secret is what protects the decision (no cookie is
 * involved, so another site can forge nothing that it does not hold); this turns away what is plainly not our form.
 */
const FORM = 'application/x-www-form-urlencoded';

/**
 * A page with `Referrer-Policy: no-referrer` posts with `Origin: null` even to itself (Fetch standard, "append a
 * request Origin header"), so `null` proves nothing; `Sec-Fetch-Site`, which browsers do send then, does.
 */
export function isOwnForm(headers: Headers): boolean {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === FORM && isOwnSite(headers.get('sec-fetch-site')) && isOwnOrigin(headers);
}

function isOwnSite(site: string | null): boolean {
  return site === null || site === 'same-origin' || site === 'none';
}

function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get('origin');
  return origin === null || origin === 'null' || (URL.canParse(origin) && new URL(origin).host === headers.get('host'));
}
