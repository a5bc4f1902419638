/**
 * `npm run demo`: starts the local cloud, a real Tryton and the portal, and keeps them until Ctrl-C; with `--month` the
 * dashboards have four weeks of an invented history to show.
 * `npm run demo -- --script purchase` plays the whole story by itself and ends, `--script approvals` what people do with
 * approvals, `--script expense`, `--script leave`, `--script office`, `--script payroll`, `--script change`, `--script stock` and
 * `--script orders` what becomes of claims, of leave, of forms, of a month's attendance, of engineering changes, of stock that is
 * short and of what customers order.
 */
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { NODE, ROOT } from '../cloud/paths.ts';
import { type LocalCloud, startLocalCloud } from '../cloud/start.ts';
import { createSupervisor, type Supervisor } from '../cloud/supervisor.ts';
import { createDemoOa, type DemoOa } from './oa.ts';
import { tellPastMonth } from './past-month.ts';
import { startPortal } from './portal.tsx';
import { APPROVAL_STORIES } from './stories/approval-stories.ts';
import { CHANGE_STORIES } from './stories/change-stories.ts';
import { EXPENSE_STORIES } from './stories/expense-stories.ts';
import { LEAVE_STORIES } from './stories/leave-stories.ts';
import { OFFICE_STORIES } from './stories/office-stories.ts';
import { ORDER_STORIES } from './stories/order-stories.ts';
import { PAYROLL_STORIES } from './stories/payroll-stories.ts';
import { playStories } from './stories/play-stories.ts';
import { playPurchase } from './stories/purchase.ts';
import type { Story } from './stories/stage.ts';
import { STOCK_STORIES } from './stories/stock-stories.ts';
import { tellStory } from './stories/tell-story.ts';

const FOLDER = join(ROOT, '.local/demo');
/** Fixed, so that a bookmark stays good. */
const PORTS = { portal: 4800, aws: 4801, pages: 4802, identity: 4803 } as const;
const FREE_PORTS = { portal: 0, aws: 0, pages: 0, identity: 0 } as const;
/** By which name the demonstration reads its own records. */
const READER = 'demonstration';
type Script = (cloud: LocalCloud, oa: DemoOa) => Promise<void>;

/** Each plays by itself, and throws an Error with one sentence when something is not as it must be. */
const SCRIPTS = {
  purchase: async (cloud, oa) => {
    const story = await playPurchase(cloud, oa, report);
    tellStory(story);
    await verifyWithTheTool([story.processId]);
    report('the payment is in Tryton, the order is done, the OA has its answer, and the record verifies');
  },
  approvals: storyTeller(APPROVAL_STORIES),
  expense: storyTeller(EXPENSE_STORIES),
  leave: storyTeller(LEAVE_STORIES),
  office: storyTeller(OFFICE_STORIES),
  change: storyTeller(CHANGE_STORIES),
  payroll: storyTeller(PAYROLL_STORIES),
  stock: storyTeller(STOCK_STORIES),
  orders: storyTeller(ORDER_STORIES),
} as const satisfies Readonly<Record<string, Script>>;

const startedAt = performance.now();

function report(line: string): void {
  console.log(`[${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${line}`);
}

const supervisor = createSupervisor(report);
supervisor.handleSignals();
try {
  const { script, month } = optionsOf(process.argv.slice(2));
  const { cloud, oa, portalUrl } = await start(supervisor, script === undefined ? PORTS : FREE_PORTS);
  const broken = cloud.broken.then((reason) => {
    throw new Error(reason);
  });
  if (month) {
    report(`${await tellPastMonth(cloud)} entries of the last four weeks are recorded and measured`);
  }
  if (script === undefined) {
    tellAddresses(cloud, portalUrl);
    await broken;
  } else {
    await Promise.race([SCRIPTS[script](cloud, oa), broken]);
    await supervisor.stopAll();
  }
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  await supervisor.stopAll();
  process.exitCode = 1;
}

function optionsOf(args: readonly string[]): { readonly script?: keyof typeof SCRIPTS; readonly month: boolean } {
  const usage = `usage: npm run demo [-- [--month] [--script <${Object.keys(SCRIPTS).join('|')}>]]`;
  try {
    const { script, month } = parseArgs({
      args: [...args],
      options: { script: { type: 'string' }, month: { type: 'boolean', default: false } },
    }).values;
    if (script === undefined) return { month };
    if (!isScript(script)) throw new Error(`there is no script "${script}"`);
    return { script, month };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function isScript(name: string): name is keyof typeof SCRIPTS {
  return Object.hasOwn(SCRIPTS, name);
}

function storyTeller(stories: readonly Story[]): Script {
  return async (cloud, oa) => {
    const processIds = await playStories(stories, cloud, oa, report);
    await verifyWithTheTool(processIds);
    report(`all stories ended as they must, and all ${processIds.length} records verify`);
  };
}

async function start(
  parts: Supervisor,
  ports: { readonly portal: number; readonly aws: number; readonly pages: number; readonly identity: number },
) {
  for (const port of Object.values(ports)) await demandFree(port);
  let cloud: LocalCloud | undefined;
  const oa: DemoOa = createDemoOa({ signingKey: () => cloud?.oaSigningKey, file: join(FOLDER, 'oa.json') });
  const portal = await startPortal({ port: ports.portal, cloud: () => cloud, oa });
  parts.add('portal', () => portal.stop());
  cloud = await startLocalCloud({
    folder: FOLDER,
    ports,
    oaCallbackUrl: `${portal.url}/oa/callback`,
    supervisor: parts,
    report,
  });
  report('ready');
  return { cloud, oa, portalUrl: portal.url };
}

async function demandFree(port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', () =>
      reject(
        new Error(`Port ${port} is taken: end the program that uses it (another demonstration?) and start again.`),
      ),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}

function tellAddresses({ pagesUrl, identityUrl, tryton, endpoint }: LocalCloud, portalUrl: string): void {
  console.log(`
Meridian's demonstration runs.

  Start here        ${portalUrl}/
  Demonstration OA  ${portalUrl}/oa
  Mailbox           ${portalUrl}/mailbox
  Processes         ${portalUrl}/processes
  Tryton now        ${portalUrl}/tryton

  My tasks          ${pagesUrl}/me/tasks   (sign in as anybody; the accounts are at ${identityUrl})
  Administration    ${pagesUrl}/admin   (sign in as Zhou Min)
  Diagrams          ${pagesUrl}/processes   (sign in as the head of a department)
  Tryton            ${tryton.url}   (database ${tryton.database})
  Local AWS         ${endpoint}

Ctrl-C stops everything.`);
}

/** As an auditor would, by `npm run audit`. */
async function verifyWithTheTool(processIds: readonly string[]): Promise<void> {
  const verify = (processId: string) =>
    promisify(execFile)(NODE, ['local/tools/audit.ts', 'verify', processId, '--by', READER], { cwd: ROOT });
  const said = await Promise.all(processIds.map(verify));
  for (const [index, { stdout }] of said.entries()) {
    console.log(`\nnpm run audit -- verify ${processIds[index]} --by ${READER}\n${stdout}`);
  }
}
