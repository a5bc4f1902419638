import { createHash } from 'node:crypto';
import { createFileExchange, exchangeKeys } from '../../../functions/connectors/payroll/files/file-exchange.ts';
import type { RunFiles } from '../../../functions/payroll/port.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { calculatePayslips, rejectFigures } from '../../../local/demo/payroll-desk.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { PAYROLL_BUCKET } from '../../support/machines.ts';
import { filesIn } from '../../support/payroll-world.ts';
import { describePayrollSystem, type Flaw, RUN } from './payroll-contract.ts';

const FLAWS: { readonly [flaw in Flaw]: (payslips: string) => string } = {
  'a net that does not add up': (text) => text.replace(/(E-2,net,,)\d+/, '$11'),
  'somebody left out': (text) => text.replaceAll(/^.*E-2.*\r\n/gm, ''),
  'another month': (text) => text.replaceAll('2026-11,E-2', '2026-10,E-2'),
  'another currency': (text) => text.replace(/(E-2,net,.*)CNY/, '$1USD'),
};

describePayrollSystem('files', async () => {
  const [figures, answers] = [memoryObjects(), memoryObjects()];
  const failing = { calls: 0 };
  const exchange = createFileExchange({
    figures: failingOnDemand(filesIn(figures), failing),
    answers: failingOnDemand(filesIn(answers), failing),
  });
  const keys = exchangeKeys(RUN.processId);
  const text = () => figures.objects(PAYROLL_BUCKET)[keys.figures] ?? '';
  const write = (key: string, body: string) => answers.putObject({ bucket: PAYROLL_BUCKET, key, body });
  return {
    system: exchange,
    async calculate(flaw) {
      const calculated = calculatePayslips(`${RUN.processId}.csv`, text())['payslips.csv'];
      const payslips = flaw === undefined ? calculated : FLAWS[flaw](calculated);
      await write(keys.payslips, payslips);
      const named = [
        [text(), keys.figures],
        [payslips, keys.payslips],
      ] as const;
      await write(keys.acknowledgement, named.map(([file, key]) => `${sha256(file)}  ${key.split('/')[1]}\n`).join(''));
    },
    async reject() {
      await write(keys.rejection, rejectFigures(text(), { '': 'the month is closed' }));
    },
    failOnce() {
      failing.calls = 1;
    },
    standing: () => Object.keys(figures.objects(PAYROLL_BUCKET)).filter((key) => key.endsWith('.csv')).length,
  };
});

function failingOnDemand(files: RunFiles, failing: { calls: number }): RunFiles {
  const attempt = async <T>(call: () => Promise<T>): Promise<T> => {
    if (failing.calls > 0) {
      failing.calls -= 1;
      throw new ConnectorTransientError('S3 did not answer as it should');
    }
    return call();
  };
  return {
    read: (key) => attempt(() => files.read(key)),
    find: (key) => attempt(() => files.find(key)),
    write: (key, text) => attempt(() => files.write(key, text)),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
