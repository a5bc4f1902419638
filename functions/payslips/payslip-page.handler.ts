import { pageHandler } from '../pages/http-api.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { payslipStore } from '../runtime/payroll.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './payslip-page.env.ts';
import { createPayslipPages } from './payslip-page.tsx';

export const handler = pageHandler({
  environment,
  app: (variables) => {
    const deps = processDeps(variables);
    return createPayslipPages({
      ...deps,
      directory: companyDirectory(deps.store),
      payslips: payslipStore(variables),
      timeZone: companyFacts(variables).timeZone,
    });
  },
});
