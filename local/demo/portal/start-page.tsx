/** Where a person begins: what to do next, the whole story, and what else to try. */
import { Hono } from 'hono';
import { say } from '../../../functions/pages/language.ts';
import { Notice } from '../../../functions/pages/layout.tsx';
import { outcomeText, phaseText } from '../../../functions/pages/words.ts';
import type { Wait } from '../../../functions/process/domain/process.ts';
import { nameOf, type PortalDeps, renderPortalPage, startingPage, type Visit, visitOf } from './frame.tsx';
import { type ListedProcess, listProcesses } from './processes.ts';

/** The newest purchases are what a person is about. */
const SHOWN = 3;

export function startPages(deps: PortalDeps): Hono {
  const app = new Hono();
  app.get('/', async (context) => {
    const cloud = deps.cloud();
    if (cloud === undefined) return startingPage(context, 'start');
    return context.html(startPage(deps, visitOf(context), await listProcesses(cloud, SHOWN)));
  });
  return app;
}

function startPage(deps: PortalDeps, visit: Visit, processes: readonly ListedProcess[]) {
  const { t } = visit;
  return renderPortalPage({
    visit,
    place: 'start',
    title: t('Start', '开始'),
    isAwaiting: deps.oa.filed().length > 0,
    children: (
      <>
        <div class="top">
          <h1>{t('A purchase, from request to payment', '一笔采购：从申请到付款')}</h1>
          <p>
            {t(
              'You play everybody: the requester in the OA, the approvers at their mailbox, the clerks in Tryton. Between them works Meridian, deployed to a cloud on this machine.',
              '您将扮演所有人：在 OA 中提出申请的员工、在邮箱中审批的领导、在 Tryton 中办理业务的同事。在他们之间运转的，是部署在本机云环境中的 Meridian。',
            )}
          </p>
        </div>
        <NextSteps deps={deps} visit={visit} processes={processes} />
        <Story visit={visit} />
        <Trials visit={visit} />
      </>
    ),
  });
}

interface NextProps {
  readonly deps: PortalDeps;
  readonly visit: Visit;
  readonly processes: readonly ListedProcess[];
}

function NextSteps({ deps, visit, processes }: NextProps) {
  const { t } = visit;
  const requests = deps.oa.filed();
  const [latest] = requests;
  if (latest === undefined) {
    return (
      <Notice tone="good" title={t('Next', '下一步')}>
        <a href="/oa/new">{t('File a purchase requisition in the OA', '在 OA 中提交采购申请')}</a>
      </Notice>
    );
  }
  const isKnown = processes.some(({ head }) => head.oa.requestId === latest.requestId);
  return (
    <Notice tone="good" title={t('Next', '下一步')}>
      <ul>
        {isKnown ? null : (
          <li>
            {t(`Meridian has just been told of ${latest.requestId}.`, `Meridian 刚收到申请 ${latest.requestId}。`)}{' '}
            <a href={`/oa/requests/${latest.requestId}`}>{t('Its answers', '查看回复')}</a>
          </li>
        )}
        {processes.map((listed) => (
          <li>
            <NextStep deps={deps} visit={visit} listed={listed} />
          </li>
        ))}
        <li>
          <a href="/oa/new">{t('File another requisition', '再提交一份采购申请')}</a>
        </li>
      </ul>
    </Notice>
  );
}

function NextStep({
  deps,
  visit,
  listed: { head, recordUrl },
}: Omit<NextProps, 'processes'> & { listed: ListedProcess }) {
  const { t, language } = visit;
  const name = head.oa.requestId;
  const [wait] = Object.values(head.waits);
  if (head.status === 'ended') {
    const outcome = say(outcomeText(head.outcome ?? ''), language);
    return (
      <>
        {name} {t('has ended', '已结束')}: {outcome}. <a href={recordUrl}>{t('Read its record', '查看审批记录')}</a>
      </>
    );
  }
  if (wait === undefined) {
    return (
      <>
        {name}: {t('Meridian is at work', 'Meridian 正在处理')} ({say(phaseText(head.phase), language)})
      </>
    );
  }
  const { href, text } = whatToDo(visit, wait, nameOf(deps, wait.owner));
  return (
    <>
      {name}: <a href={href}>{text}</a>
    </>
  );
}

function whatToDo({ t }: Visit, wait: Wait, owner: string): { readonly href: string; readonly text: string } {
  switch (wait.kind) {
    case 'approval':
      return {
        href: '/mailbox',
        text: t(
          `open the mail to ${who(owner)} and decide`,
          `打开发给${owner === 'operators' ? '运维人员' : owner}的邮件并作出决定`,
        ),
      };
    case 'rework':
      return {
        href: '/oa',
        text: t('it was returned: change the request in the OA and send it again', '已退回：请在 OA 中修改后重新提交'),
      };
    case 'leave-start':
      return {
        href: '/oa',
        text: t('withdraw the leave in the OA, or wait until it begins', '可在 OA 中撤回，或等待休假开始'),
      };
    case 'effective-date':
      return {
        href: '/oa',
        text: t('withdraw the change in the OA, or wait until its day', '可在 OA 中撤回，或等待变更生效'),
      };
    case 'leave-end':
      return { href: '/oa', text: t('wait until the leave is over', '等待休假结束') };
    case 'goods-receipt':
      return {
        href: '/tryton',
        text: t('receive the goods in Tryton, as the warehouse', '以仓库身份在 Tryton 中收货'),
      };
    case 'supplier-invoice':
      return {
        href: '/tryton',
        text: t(
          'enter the supplier’s invoice in Tryton, or correct it, as accounting',
          '以会计身份在 Tryton 中录入或更正供应商发票',
        ),
      };
    case 'payment':
      return {
        href: '/tryton',
        text: t('confirm the payment in Tryton, as the bank', '以银行身份在 Tryton 中确认付款'),
      };
    case 'payroll':
      return {
        href: '/processes',
        text: t('payroll answers with files (docs/payroll.md)', '等待薪资系统返回文件（见 docs/payroll.md）'),
      };
    case 'payslip':
      return {
        href: '/processes',
        text: t('the employee confirms or disputes the payslip, signed in', '员工登录后确认工资条或提出异议'),
      };
    case 'hold':
      return { href: '/processes', text: t('it is on hold', '流程已冻结') };
  }
}

function who(owner: string): string {
  return owner === 'operators' ? 'the operators' : owner;
}

function Story({ visit: { t } }: { readonly visit: Visit }) {
  return (
    <section class="card" aria-labelledby="story">
      <h2 id="story">{t('The whole story', '完整流程')}</h2>
      <ol class="story">
        <li>
          <a href="/oa/new">{t('OA', 'OA')}</a>
          {t(
            ': file a purchase requisition. Above 5,000 yuan two people must approve.',
            '：提交采购申请。超过 5,000 元需两级审批。',
          )}
        </li>
        <li>
          <a href="/mailbox">{t('Mailbox', '邮箱')}</a>
          {t(
            ': each approver gets a mail. Open it, follow its link, approve or reject.',
            '：每位审批人会收到邮件。打开邮件，进入链接，同意或驳回。',
          )}
        </li>
        <li>
          <a href="/tryton">Tryton</a>
          {t(
            ': Meridian has made the order. Receive the goods, at once or in parts, then enter the supplier’s invoice.',
            '：Meridian 已生成订单。可一次或分批收货，然后录入供应商发票。',
          )}
        </li>
        <li>
          <a href="/mailbox">{t('Mailbox', '邮箱')}</a>
          {t(
            ': order, receipt and invoice agree, so the payment is to be approved, by somebody who did not approve the order.',
            '：订单、收货与发票一致后，由未审批过该订单的人审批付款。',
          )}
        </li>
        <li>
          <a href="/tryton">Tryton</a>
          {t(': confirm the payment.', '：确认付款。')}
        </li>
        <li>
          <a href="/oa">OA</a>
          {t(' has every answer, and ', '已收到全部回复，')}
          <a href="/processes">{t('Processes', '流程')}</a>
          {t(' the whole record.', '中有完整的审批记录。')}
        </li>
      </ol>
    </section>
  );
}

function Trials({ visit: { t } }: { readonly visit: Visit }) {
  return (
    <section class="card" aria-labelledby="trials">
      <h2 id="trials">{t('Then try to break it', '再试试异常情况')}</h2>
      <ul class="bullets">
        <li>
          {t(
            'Follow the link of a mail a second time, or change one character of it.',
            '再次打开同一邮件链接，或改动其中一个字符。',
          )}
        </li>
        <li>
          {t(
            'File a negative quantity, or file for somebody who has left.',
            '提交负数数量，或以已离职员工的名义提交。',
          )}
        </li>
        <li>
          {t(
            'Enter the invoice at a higher price: the difference needs a decision before anything is paid.',
            '以更高单价录入发票：差异须经决定后才会付款。',
          )}
        </li>
        <li>
          {t(
            'Withdraw the request in the OA, or cancel the order in Tryton, while somebody is to decide.',
            '在审批过程中于 OA 撤回申请，或在 Tryton 中取消订单。',
          )}
        </li>
        <li>{t('Let the payment bounce at the bank.', '让银行退回付款。')}</li>
      </ul>
    </section>
  );
}
