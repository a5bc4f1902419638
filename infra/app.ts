/** Entry of the CDK CLI: reads the company's configuration and makes the one stack. */
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ValidationError } from '../functions/runtime/errors.ts';
import { buildBundles } from './bundles.ts';
import { CompanyConfigError, readCompany } from './config.ts';
import { readLocalCloud } from './local-cloud.ts';
import { MeridianStack } from './meridian-stack.ts';

const app = new App();
try {
  const company = readCompany(app.node.tryGetContext('company'));
  const local = readLocalCloud((key) => app.node.tryGetContext(key));
  const bundles = await buildBundles({
    folder: join(app.outdir, 'bundles'),
    directoryFile: company.directoryFile,
    calendarFile: company.calendarFile,
    invoiceRulesFile: company.europeanInvoices?.rulesFile,
    currency: company.currency,
    formsFiles: Object.fromEntries(company.oa.suites.map(({ system, formsFile }) => [system, formsFile])),
    erp: company.erp.kind,
  });
  new MeridianStack(app, { company, bundles, ...(local === undefined ? {} : { local }) });
  app.synth();
} catch (error) {
  if (!(error instanceof CompanyConfigError || error instanceof ValidationError)) {
    throw error;
  }
  // For a person: what is wrong, without where the program noticed.
  console.error(error.message);
  process.exitCode = 1;
}
