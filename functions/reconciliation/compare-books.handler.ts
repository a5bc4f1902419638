import * as z from 'zod';
import { createS3RunFiles } from '../payroll/s3/s3-run-files.ts';
import { sqsReportQueue } from '../process/adapters/report-queue.ts';
import { waitClock } from '../runtime/calendar.ts';
import { s3Client, sqsClient } from '../runtime/clients.ts';
import { companyCalendar, companyDirectory, companyPolicies } from '../runtime/company-files.ts';
import { booksPort, erpPort, ledgerPort, timePort } from '../runtime/erp.ts';
import { logger, queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './compare-books.env.ts';
import { compareBooks } from './compare-books.ts';
import { BOOKS_TO_COMPARE, booksMessageSchema } from './message.ts';

export const handler = queueHandler({
  environment,
  message: z.object({ 'detail-type': z.literal(BOOKS_TO_COMPARE), detail: booksMessageSchema }),
  run: async ({ detail }, variables) => {
    const deps = processDeps(variables);
    const compared = await compareBooks(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        policies: companyPolicies(),
        waitClock: waitClock(variables),
        erp: erpPort(variables, deps),
        ledger: ledgerPort(variables, deps),
        time: timePort(variables, deps),
        books: booksPort(variables, deps),
        payroll: {
          files: createS3RunFiles(s3Client(), variables.PAYROLL_BUCKET),
          calendar: companyCalendar(),
          timeZone: variables.COMPANY_TIME_ZONE,
          correctedMonths: variables.CORRECTED_MONTHS,
        },
        queue: sqsReportQueue(sqsClient(), variables.BOOKS_QUEUE_URL, BOOKS_TO_COMPARE),
      },
      detail,
    );
    if (compared.opened > 0) {
      logger.warn('cases opened', { ...compared });
    }
  },
});
