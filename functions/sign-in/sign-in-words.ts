/** What the pages of sign-in say. */
import { both, type Text } from '../pages/language.ts';
import type { Message } from '../pages/message-page.tsx';
import type { ClaimRefusal } from './find-person.ts';
import type { AttemptRefusal } from './sign-in.ts';
import type { Role } from './signed-in.ts';

export const LABELS = {
  signIn: both('Sign in', '登录'),
  again: both('Sign in as somebody else', '以其他身份登录'),
  signOut: both('Sign out', '退出登录'),
  signedInAs: both('Signed in', '已登录'),
  employeeId: both('Employee id', '工号'),
  mail: both('Mail', '邮箱'),
  roles: both('Roles', '角色'),
  atProvider: both('Sign out of the company sign-in as well', '同时退出公司统一登录'),
} as const;

export const ROLE_NAMES: { readonly [role in Role]: Text } = {
  administrator: both('Administrator', '管理员'),
  operator: both('Operator', '运维人员'),
  auditor: both('Auditor', '审计人员'),
};

export const SIGN_IN_REFUSALS: { readonly [refusal in AttemptRefusal]: Message } = {
  'no-attempt': {
    tone: 'wait',
    title: both('Please sign in once more', '请重新登录'),
    text: both(
      'This sign-in was begun elsewhere, took too long, or was completed before. You are not signed in by it.',
      '此次登录不是在本浏览器中开始的、已超时或已完成，未能登录。',
    ),
  },
  'not-accepted': {
    tone: 'bad',
    title: both('You are not signed in', '登录未成功'),
    text: both(
      'The company sign-in did not confirm who you are. Please try again; if that does not help, ask your operators.',
      '公司统一登录未能确认您的身份。请重试；如仍不成功，请联系运维人员。',
    ),
  },
};

/** Each names the claim of the ID token and what mends it: who reads it shows it to whoever runs the provider. */
export const CLAIM_REFUSALS: { readonly [refusal in ClaimRefusal['refusal']]: (claim: string) => Message } = {
  'missing-claim': (claim) => ({
    tone: 'bad',
    title: both('The company sign-in does not say who you are', '公司统一登录未说明您是谁'),
    text: both(
      `Your account has no value in the claim “${claim}” of the ID token, by which Meridian finds you in the directory. Please ask your operators: the identity provider must send it for your account, or the company file (signIn.provider.person) must name another claim.`,
      `您账号的 ID token 中没有声明“${claim}”，Meridian 依据它在通讯录中查找您。请联系运维人员：由身份提供方为您的账号发送该声明，或在公司配置文件（signIn.provider.person）中改用其他声明。`,
    ),
  }),
  'unverified-mail': (claim) => ({
    tone: 'bad',
    title: both('Your mail address is not confirmed', '邮箱未经验证'),
    text: both(
      `The claim “${claim}” of the ID token does not say “true”: the company sign-in does not vouch for the mail address of your account. Please ask your operators: the identity provider must send it as verified; where it gives out all addresses itself, or knows employee ids, the company file (signIn.provider.person) can say so.`,
      `ID token 中的声明“${claim}”不为 true：公司统一登录未确认您账号的邮箱。请联系运维人员：由身份提供方将其标为已验证；如所有邮箱均由公司统一分配，或身份提供方掌握工号，可在公司配置文件（signIn.provider.person）中说明。`,
    ),
  }),
  'unknown-person': (claim) => ({
    tone: 'bad',
    title: both('The directory does not know you', '通讯录中没有您的信息'),
    text: both(
      `The company sign-in knows you, but not exactly one active employee of the directory of Meridian has what the claim “${claim}” of your account says. Please ask your operators: either the directory or the account must be corrected.`,
      `公司统一登录已确认您的身份，但通讯录中没有（或不止一名）在职员工与您账号的声明“${claim}”相符。请联系运维人员更正通讯录或账号。`,
    ),
  }),
};

export const SIGN_IN_MESSAGES = {
  sessionOver: {
    tone: 'wait',
    title: both('You are not signed in any more', '登录已失效'),
    text: both('Nothing was changed. Please sign in and try again.', '未作任何更改，请登录后重试。'),
  },
  notOurForm: {
    tone: 'bad',
    title: both('This was not sent by the page', '请求无效'),
    text: both(
      'Nothing was changed. Please open the page and use the buttons there.',
      '未作任何更改，请使用页面上的按钮。',
    ),
  },
  notYourRole: {
    tone: 'bad',
    title: both('This page is not for you', '您无权访问此页面'),
    text: both(
      'It is for people with another role. Nothing was changed, and the attempt was logged.',
      '此页面仅限特定角色访问。未作任何更改，此次访问已记入日志。',
    ),
  },
  signedOut: {
    tone: 'wait',
    title: both('You are signed out', '您已退出登录'),
    text: both('Pages of Meridian ask you to sign in again.', '再次打开页面时需重新登录。'),
  },
  signingOut: {
    tone: 'wait',
    title: both('You are signed out here', '您已在此退出登录'),
    text: both(
      'You are being sent to the company sign-in, so that it forgets you as well.',
      '正在转到公司统一登录，以便同时退出。',
    ),
  },
  unavailable: {
    tone: 'bad',
    title: both('The company sign-in does not answer', '公司统一登录暂无响应'),
    text: both('Nobody was signed in. Please try again in a few minutes.', '未能登录，请过几分钟重试。'),
  },
} as const satisfies { readonly [name: string]: Message };
