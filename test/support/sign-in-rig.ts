/** The pages of sign-in in memory, before a real server of OpenID Connect. */
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import type { Directory } from '../../functions/directory/port.ts';
import type { PersonRule } from '../../functions/sign-in/domain/person-claim.ts';
import { createOpenIdProvider } from '../../functions/sign-in/openid/openid-provider.ts';
import { createSignInPage, type SignInPageDeps } from '../../functions/sign-in/sign-in-page.tsx';
import type { Account } from '../../local/identity/account.ts';
import { GROUPS_CLAIM, type IdentityServer } from '../../local/identity/server.ts';
import { SignInBrowser } from '../../local/identity/sign-in-browser.ts';
import { SettableClock, seededRandomness } from './ambient.ts';
import { MemoryStore } from './memory-store.ts';
import { directoryData, PAGES_URL } from './purchase-company.ts';

const MANAGER: Account = {
  id: 'manager',
  name: '王强 Wang Qiang',
  email: 'Wang.Qiang@Meridian.example',
  isMailVerified: true,
  groups: ['everybody', 'meridian-auditors'],
};

/** Accounts of the provider; not all of them are people of the company. */
export const ACCOUNTS = {
  manager: MANAGER,
  head: { ...MANAGER, id: 'head', email: 'chen.jing@meridian.example', groups: [] },
  stranger: { ...MANAGER, id: 'stranger', email: 'somebody@elsewhere.example' },
  unverified: { ...MANAGER, id: 'unverified', isMailVerified: false },
  /** Their provider says of no address that it is verified, as those of many companies. */
  unsaid: { ...MANAGER, id: 'unsaid', isMailVerified: undefined },
  nameless: { ...MANAGER, id: 'nameless', email: undefined },
  /** Has the address of nobody here, and the employee id of somebody. */
  numbered: { ...MANAGER, id: 'numbered', email: 'somebody@elsewhere.example', employeeNumber: 'E-3001' },
  leaver: { ...MANAGER, id: 'leaver', email: 'gao.yuan@meridian.example' },
  /** Its mail address is a person's id: the directory finds it, and it is nobody's address. */
  pretender: { ...MANAGER, id: 'pretender', email: 'E-2001' },
} as const satisfies { readonly [name: string]: Account };

export interface SignInRig {
  readonly deps: SignInPageDeps;
  readonly store: MemoryStore;
  readonly clock: SettableClock;
  readonly logged: (readonly [message: string, facts: object])[];
  readonly browser: SignInBrowser;
  /** Another browser before the same pages. */
  anotherBrowser(): SignInBrowser;
  /** From now on the directory is this one. */
  setDirectory(directory: Directory): void;
}

/** As a company file has it that says nothing else. */
export const BY_VERIFIED_MAIL: PersonRule = { by: 'verified-mail', claim: 'email' };

/** @param identity - a provider whose pages are at {@link PAGES_URL} */
export function signInRig(
  identity: Pick<IdentityServer, 'url' | 'clientId' | 'clientSecret'>,
  personRule: PersonRule = BY_VERIFIED_MAIL,
): SignInRig {
  const store = new MemoryStore();
  const clock = new SettableClock();
  const logged: (readonly [string, object])[] = [];
  let directory: Directory = createFileDirectory(directoryData);
  const deps: SignInPageDeps = {
    store,
    clock,
    randomness: seededRandomness(1),
    get directory() {
      return directory;
    },
    provider: createOpenIdProvider({
      issuer: identity.url,
      clientId: identity.clientId,
      clientSecret: async () => identity.clientSecret,
      pagesUrl: PAGES_URL,
      groupsClaim: GROUPS_CLAIM,
      signOutUrl: '',
    }),
    personRule,
    roleGroups: {
      administrator: 'meridian-administrators',
      operator: 'meridian-operators',
      auditor: 'meridian-auditors',
    },
    log: (message, facts) => logged.push([message, facts]),
  };
  const app = createSignInPage(deps);
  const anotherBrowser = () =>
    new SignInBrowser(async (request) =>
      new URL(request.url).origin === PAGES_URL ? app.fetch(request, { sourceIp: '192.0.2.1' }) : fetch(request),
    );
  return {
    deps,
    store,
    clock,
    logged,
    browser: anotherBrowser(),
    anotherBrowser,
    setDirectory: (changed) => {
      directory = changed;
    },
  };
}
