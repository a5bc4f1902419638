import * as z from 'zod';
import { recordUrl } from '../audit/read-key.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { taskHandler } from '../runtime/handler.ts';
import { recordKey } from '../runtime/record-key.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './dashboard-widget.env.ts';
import { dashboardWidget, widgetEventSchema } from './dashboard-widget.tsx';

/** Called by CloudWatch for whoever looks at a dashboard, with their own right to call it. */
export const handler = taskHandler({
  environment,
  input: widgetEventSchema,
  output: z.string(),
  run: (event, variables) => {
    const { store, clock } = processDeps(variables);
    return dashboardWidget(
      {
        store,
        clock,
        directory: companyDirectory(store),
        timeZone: companyFacts(variables).timeZone,
        recordUrl: async (processId) => recordUrl(variables.PAGES_URL, await recordKey(variables), processId),
      },
      event,
    );
  },
});
