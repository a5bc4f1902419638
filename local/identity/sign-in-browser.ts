/** A browser as far as signing in needs one: cookies by origin, redirects, and the choice of an account. */
import type { Account } from './account.ts';

export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly form?: Readonly<Record<string, string>>;
}

const MAX_REDIRECTS = 20;

export class SignInBrowser {
  /** By origin, then by name. */
  readonly cookies = new Map<string, Map<string, string>>();
  private readonly send: (request: Request) => Promise<Response>;

  /** @param send - over the network unless given */
  constructor(send: (request: Request) => Promise<Response> = (request) => fetch(request)) {
    this.send = send;
  }

  /** One request with its answer; redirects are not followed. */
  async ask(address: string | URL, { method = 'GET', form }: Asked = {}): Promise<Shown> {
    const url = new URL(address);
    const jar = this.cookies.get(url.origin) ?? new Map<string, string>();
    this.cookies.set(url.origin, jar);
    const headers = new Headers({ connection: 'close', cookie: [...jar].map((pair) => pair.join('=')).join('; ') });
    if (form !== undefined) {
      headers.set('content-type', 'application/x-www-form-urlencoded');
    }
    const body = form === undefined ? {} : { body: new URLSearchParams(form).toString() };
    const response = await this.send(
      new Request(url, { method: form === undefined ? method : 'POST', headers, redirect: 'manual', ...body }),
    );
    for (const cookie of response.headers.getSetCookie()) {
      keep(jar, cookie);
    }
    return { url, status: response.status, headers: response.headers, html: await response.text() };
  }

  /** Follows redirects to a page. `until`: stops before it asks for an address that fits. */
  async open(address: string | URL, asked: Asked = {}, until?: (url: URL) => boolean): Promise<Shown> {
    let shown = await this.ask(address, asked);
    for (let step = 0; step < MAX_REDIRECTS; step += 1) {
      const location = shown.headers.get('location');
      const next = location === null ? undefined : new URL(location, shown.url);
      if (next === undefined || until?.(next) === true) {
        return next === undefined ? shown : { ...shown, url: next };
      }
      shown = await this.ask(next);
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects from ${String(address)}`);
  }

  /** Opens a page that needs sign-in, and chooses the account when asked. */
  async signIn(address: string | URL, account: Pick<Account, 'id'>, until?: (url: URL) => boolean): Promise<Shown> {
    const choice = await this.open(address);
    const [, action] = /<form method="post" action="(\/who\/[^"]+)"/.exec(choice.html) ?? [];
    if (action === undefined) {
      throw new Error(`no choice of accounts at ${choice.url.pathname} (HTTP ${choice.status})`);
    }
    const chosen = await this.open(new URL(action, choice.url), { form: { account: account.id } }, until);
    const [, forget] = /<title>Submitting Callback<.*action="([^"]+)"/s.exec(chosen.html) ?? [];
    if (forget === undefined) {
      return chosen;
    }
    // Somebody else was signed in there: the provider's page of one button ends that session first.
    const form = { xsrf: fieldIn(chosen, 'xsrf'), logout: 'yes' };
    return this.open(new URL(forget, chosen.url), { form }, until);
  }
}

/** The value of a hidden field. */
export function fieldIn({ html }: Pick<Shown, 'html'>, name: string): string {
  const [, value] = new RegExp(`name="${name}" value="([^"]+)"`).exec(html) ?? [];
  if (value === undefined) {
    throw new Error(`the page has no field "${name}"`);
  }
  return value;
}

function keep(jar: Map<string, string>, cookie: string): void {
  const [pair = '', ...attributes] = cookie.split('; ');
  const [name = '', value = ''] = pair.split(/=(.*)/);
  if (attributes.some((attribute) => /^max-age=0$/i.test(attribute)) || value === '') {
    jar.delete(name);
  } else {
    jar.set(name, value);
  }
}
