/** The way between the pages that are somebody's own. */
import { both, type Language, say } from './language.ts';

export const TASKS_PATH = '/me/tasks';
export const DECIDED_PATH = '/me/decided';
export const COPIES_PATH = '/me/copies';
export const REQUESTS_PATH = '/me/requests';
export const ABSENCE_PATH = '/me/absence';
export const PAYSLIPS_PATH = '/me/payslips';
export const ADMIN_PATH = '/admin';
export const OPERATIONS_PATH = '/operations';
export const ORDERS_PATH = '/orders';
export const PROCESSES_PATH = '/processes';
export const AUDIT_PATH = '/audit';
export const COMPLIANCE_PATH = '/compliance';

/** The page of a case of compliance. */
export function casePath(caseId: string): string {
  return `${COMPLIANCE_PATH}/${encodeURIComponent(caseId)}`;
}

/** Where a requester changes what came back to them. */
export function resubmissionPath(processId: string): string {
  return `${REQUESTS_PATH}?${new URLSearchParams({ resubmit: processId }).toString()}`;
}

export const PLACE_NAMES = {
  tasks: both('My tasks', '我的待办'),
  decided: both('Decided by me', '我的已办'),
  copies: both('Copied to me', '抄送我的'),
  requests: both('My requests', '我的申请'),
  absence: both('Absence', '外出与代理'),
  payslips: both('Payslips', '工资条'),
  account: both('Account', '账户'),
  administration: both('Administration', '系统管理'),
  operations: both('Operations', '运维'),
  navigation: both('My pages', '我的页面'),
} as const;

const PLACES = [
  [TASKS_PATH, PLACE_NAMES.tasks],
  [DECIDED_PATH, PLACE_NAMES.decided],
  [COPIES_PATH, PLACE_NAMES.copies],
  [REQUESTS_PATH, PLACE_NAMES.requests],
  [ABSENCE_PATH, PLACE_NAMES.absence],
  [PAYSLIPS_PATH, PLACE_NAMES.payslips],
  ['/me', PLACE_NAMES.account],
] as const;

interface PlacesProps {
  /** Of the page that it stands on. */
  readonly path: string;
  readonly language: Language;
  /** Of whoever looks: only administrators and operators are shown the way to their pages. */
  readonly roles?: readonly string[];
}

export function Places({ path, language, roles = [] }: PlacesProps) {
  const isAdministrator = roles.includes('administrator');
  const places = [
    ...PLACES,
    ...(isAdministrator || roles.includes('operator') ? [[OPERATIONS_PATH, PLACE_NAMES.operations] as const] : []),
    ...(isAdministrator ? [[ADMIN_PATH, PLACE_NAMES.administration] as const] : []),
  ];
  return (
    <nav class="places" aria-label={say(PLACE_NAMES.navigation, language)}>
      <ul>
        {places.map(([place, name]) => (
          <li>
            <a href={place} aria-current={place === path ? 'page' : undefined}>
              {say(name, language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
