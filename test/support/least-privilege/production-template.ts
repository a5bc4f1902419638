import { join } from 'node:path';
import { readCompany } from '../../../infra/config.ts';
import { ROOT } from '../../../local/cloud/paths.ts';
import { type Synthesized, synthesize } from '../../infra/synthesize.ts';

/** The template for AWS of the company of the demonstration, in production: that is what must be proved. */
export function productionTemplate(): Synthesized {
  return synthesize({ ...readCompany(join(ROOT, 'local/demo/company.json')), stage: 'prod' });
}
