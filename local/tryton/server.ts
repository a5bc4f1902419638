/**
 * The ERP of the demonstration and of the tests: a real Tryton on a sqlite file with a small prepared company. The
 * company is prepared once (about half a minute); each start copies the prepared file or goes on with its own.
 */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareCompany } from './company.ts';
import { COMPANY_VERSION, USERS, type UserRole } from './company-data.ts';
import { DATABASE, launchServer, onFreePort, runTool, type TrytonProcess } from './process.ts';
import type { TrytonAddress, TrytonLogin } from './rpc.ts';
import { readStaffFile } from './staff.ts';

const MODULES = [
  'purchase_request',
  'account_invoice_stock',
  'stock_supply',
  'production',
  'stock_supply_production',
  'sale',
  'account_payment',
  'account_payment_clearing',
  'analytic_purchase',
  'analytic_budget',
  'timesheet',
  'attendance',
  'bank',
] as const;

const DATABASE_FILE = `${DATABASE}.sqlite`;
const LOGINS_FILE = 'logins.json';
const FINGERPRINT_FILE = 'prepared.txt';
const ROLES: readonly UserRole[] = [
  'admin',
  'connector',
  'warehouse',
  'accounting',
  'buyer',
  'personnel',
  'sales',
  'production',
];

/** One login for each role. Made at random for each preparation: never print or commit them. */
export type TrytonLogins = Readonly<Record<UserRole, TrytonLogin>>;

/** A running demonstration server. */
export interface TrytonServer extends TrytonAddress {
  readonly port: number;
  readonly logins: TrytonLogins;
  /** Ends the server; no process is left. */
  stop(): Promise<void>;
}

/**
 * Makes sure that `folder` holds the prepared company and returns at once when it does. It is made again when the
 * company, the pinned packages or the calendar year changed. A preparation that breaks leaves nothing that counts.
 *
 * @param options.python - the Python of the virtual environment with `requirements.txt`
 * @param options.report - told in a few words what is being done
 */
export async function prepareTryton(options: {
  readonly python: string;
  readonly folder: string;
  readonly report: (progress: string) => void;
}): Promise<void> {
  const { python, folder, report } = options;
  const today = new Date().toISOString().slice(0, 10);
  const fingerprint = await fingerprintOf(today);
  if (await isPrepared(folder, fingerprint)) return;
  if (!(await exists(python))) throw new Error(`Tryton's Python environment is missing: ${python}`);

  const making = `${folder}.making-${randomBytes(4).toString('hex')}`;
  await mkdir(making, { recursive: true, mode: 0o700 });
  try {
    const logins = newLogins();
    await writeFile(join(making, LOGINS_FILE), JSON.stringify(logins), { mode: 0o600 });
    report('creating the Tryton database');
    await createDatabase(python, making, logins.admin.password);
    report('preparing the company in Tryton');
    await fillDatabase(python, making, logins, today);
    await writeFile(join(making, FINGERPRINT_FILE), fingerprint);
    // Another preparation may have been faster; its result is as good as this one.
    if (await isPrepared(folder, fingerprint)) return;
    await rm(folder, { recursive: true, force: true });
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/**
 * Starts Tryton on 127.0.0.1 and waits until it answers.
 *
 * @param options.pristine - the folder that `prepareTryton` filled
 * @param options.dataFolder - holds this server's own database, logins and log
 * @param options.port - default: a free one
 * @param options.reset - true: begin with the prepared company again; false: go on with the data of the last start
 */
export async function startTryton(options: {
  readonly python: string;
  readonly pristine: string;
  readonly dataFolder: string;
  readonly port?: number;
  readonly reset: boolean;
}): Promise<TrytonServer> {
  const { python, pristine, dataFolder } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  if (options.reset || !(await exists(join(dataFolder, DATABASE_FILE)))) await copyPristine(pristine, dataFolder);
  const logins = await readLogins(dataFolder);
  const server = await serve(python, dataFolder, options.port);
  return {
    url: `http://127.0.0.1:${server.port}`,
    database: DATABASE,
    port: server.port,
    logins,
    stop: () => server.stop(),
  };
}

async function serve(python: string, folder: string, port: number | undefined): Promise<TrytonProcess> {
  const configuration = join(folder, 'trytond.conf');
  await writeFile(configuration, `[database]\nuri = sqlite://\npath = ${folder}\n`);
  const launch = (chosen: number): Promise<TrytonProcess> =>
    launchServer({ python, configuration, port: chosen, log: join(folder, 'trytond.log') });
  return port === undefined ? onFreePort(launch) : launch(port);
}

async function createDatabase(python: string, folder: string, password: string): Promise<void> {
  const passwordFile = join(folder, 'admin-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await writeFile(join(folder, DATABASE_FILE), '', { mode: 0o600 });
  const configuration = join(folder, 'trytond.conf');
  await writeFile(configuration, `[database]\nuri = sqlite://\npath = ${folder}\n`);
  try {
    await runTool(
      python,
      'trytond.cli.admin',
      [
        ...['-c', configuration, '-d', DATABASE, '--email', 'admin@meridian.example', '-p'],
        ...['--activate-dependencies', '-u', ...MODULES],
      ],
      { TRYTONPASSFILE: passwordFile },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function fillDatabase(python: string, folder: string, logins: TrytonLogins, today: string): Promise<void> {
  const server = await serve(python, folder, undefined);
  try {
    const address = { url: `http://127.0.0.1:${server.port}`, database: DATABASE };
    const passwords = {
      connector: logins.connector.password,
      warehouse: logins.warehouse.password,
      accounting: logins.accounting.password,
      buyer: logins.buyer.password,
      personnel: logins.personnel.password,
      sales: logins.sales.password,
      production: logins.production.password,
    };
    await prepareCompany(address, logins.admin, passwords, today);
  } finally {
    await server.stop();
  }
  // Tryton keeps its newest writes in a file beside the database; fold them in, so that one file is the whole.
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

async function copyPristine(pristine: string, dataFolder: string): Promise<void> {
  if (!(await exists(join(pristine, FINGERPRINT_FILE)))) {
    throw new Error(`the prepared Tryton company is missing in ${pristine}: run the set-up first`);
  }
  const target = join(dataFolder, DATABASE_FILE);
  for (const suffix of ['', '-wal', '-shm']) await rm(`${target}${suffix}`, { force: true });
  await copyFile(join(pristine, LOGINS_FILE), join(dataFolder, LOGINS_FILE));
  // The database's presence says that the copy is whole, so it comes last and at once.
  await copyFile(join(pristine, DATABASE_FILE), `${target}.copy`, constants.COPYFILE_FICLONE);
  await rename(`${target}.copy`, target);
}

async function fingerprintOf(today: string): Promise<string> {
  const requirements = await readFile(join(import.meta.dirname, 'requirements.txt'), 'utf8');
  const parts = [String(COMPANY_VERSION), today.slice(0, 4), MODULES.join(' '), requirements, await readStaffFile()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function isPrepared(folder: string, fingerprint: string): Promise<boolean> {
  const file = join(folder, FINGERPRINT_FILE);
  return (await exists(file)) && (await readFile(file, 'utf8')) === fingerprint;
}

function newLogins(): TrytonLogins {
  const secret = (): string => randomBytes(24).toString('base64url');
  const of = (role: keyof typeof USERS): TrytonLogin => ({ login: USERS[role].login, password: secret() });
  return {
    admin: { login: 'admin', password: secret() },
    connector: of('connector'),
    warehouse: of('warehouse'),
    accounting: of('accounting'),
    buyer: of('buyer'),
    personnel: of('personnel'),
    sales: of('sales'),
    production: of('production'),
  };
}

async function readLogins(folder: string): Promise<TrytonLogins> {
  const logins: TrytonLogins = JSON.parse(await readFile(join(folder, LOGINS_FILE), 'utf8'));
  const incomplete = ROLES.filter((role) => typeof logins[role]?.password !== 'string');
  if (incomplete.length > 0) throw new Error(`${join(folder, LOGINS_FILE)} lacks ${incomplete.join(', ')}`);
  return logins;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
