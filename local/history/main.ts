/** `npm run history`: writes months of a company's work as an event log, to try questions, reports and exports on. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { generateHistory } from './generate.ts';
import { type Planted, plantViolations } from './plant-violations.ts';
import { writeHistory } from './write-history.ts';

const USAGE = `usage: npm run history -- [--months 6] [--seed 7] [--from 2025-09-01] [--scale 1] [--out .local/history] [--violations 0]
Writes the event log of so many months of the demonstration's company. The same options write the same. --scale multiplies
how much is filed; --violations plants so many breaches of each rule that compliance watches, and names their processes.`;

const optionsSchema = z.object({
  months: z.coerce.number().int().min(1).max(12),
  seed: z.coerce.number().int().min(0),
  from: z.iso.date(),
  scale: z.coerce.number().positive().max(1000),
  out: z.string().min(1),
  violations: z.coerce.number().int().min(0).max(100),
});

const OPTIONS = {
  months: { type: 'string', default: '6' },
  seed: { type: 'string', default: '7' },
  from: { type: 'string', default: '2025-09-01' },
  scale: { type: 'string', default: '1' },
  out: { type: 'string', default: '.local/history' },
  violations: { type: 'string', default: '0' },
} as const;

async function main(): Promise<number> {
  const options = optionsSchema.safeParse(parsedValues());
  if (!options.success) {
    console.error(USAGE);
    return 2;
  }
  const { out, violations: each, ...history } = options.data;
  const began = performance.now();
  const onPlanted = ({ detector, processIds }: Planted) => console.log(`${detector}: ${processIds.join(', ')}`);
  const told = plantViolations(generateHistory(history), { each, seed: history.seed, onPlanted });
  const { processes, entries, files } = await writeHistory(told, resolve(out));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${entries} entries of ${processes} processes in ${files} files under ${out}, in ${seconds} s`);
  return 0;
}

function parsedValues(): object | undefined {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch {
    return undefined;
  }
}

process.exitCode = await main();
