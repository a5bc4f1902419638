/** What the demonstration's identity provider shows. There are no passwords, and the page says so. */
import { raw } from 'hono/html';
import { Notice, renderPage } from '../../functions/pages/layout.tsx';
import type { Account } from './account.ts';

/** Whoever looks chooses who they are. */
export function choicePage(accounts: readonly Account[], action: string) {
  return renderPage({
    title: 'Company sign-in',
    language: 'en',
    children: (
      <>
        <Notice tone="wait" title="This stands for your company's identity provider" isHeading>
          It is a real server of OpenID Connect on this machine, and it believes whatever you choose: there are no
          passwords in the demonstration. 演示环境，无需密码。
        </Notice>
        <section class="card" aria-labelledby="who">
          <h2 id="who">Who are you? 请选择您的身份</h2>
          <form method="post" action={action}>
            <Choices accounts={accounts.filter(({ groups }) => groups.length > 0)} />
            <details>
              <summary>Everybody else 其他员工</summary>
              <Choices accounts={accounts.filter(({ groups }) => groups.length === 0)} />
            </details>
          </form>
        </section>
      </>
    ),
  });
}

/** Those with a role in Meridian come first: of a company of sixty few are looked for. */
function Choices({ accounts }: { readonly accounts: readonly Account[] }) {
  return (
    <div class="actions">
      {accounts.map(({ id, name, groups }) => (
        <button type="submit" name="account" value={id}>
          {groups.length === 0 ? name : `${name} (${groups.join(', ')})`}
        </button>
      ))}
    </div>
  );
}

/** @param form - the server's own form `op.logoutForm`, which lacks its buttons */
export function signOutPage(form: string) {
  return renderPage({
    title: 'Company sign-out',
    language: 'en',
    children: (
      <section class="card">
        <h1>Sign out of the company sign-in? 退出公司统一登录？</h1>
        {raw(form)}
        <div class="actions">
          <button type="submit" form="op.logoutForm" name="logout" value="yes">
            Sign out 退出
          </button>
          <button type="submit" form="op.logoutForm">
            Stay signed in 保持登录
          </button>
        </div>
      </section>
    ),
  });
}

export function saidPage(title: string, text: string) {
  return renderPage({
    title,
    language: 'en',
    children: (
      <Notice tone="bad" title={title} isHeading>
        {text}
      </Notice>
    ),
  });
}
