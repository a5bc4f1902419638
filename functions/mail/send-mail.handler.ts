import { effectReferenceSchema } from '../process/finish-effect.ts';
import { sesClient } from '../runtime/clients.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { queueHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { environment } from './send-mail.env.ts';
import { sendMail } from './send-mail.ts';
import { createSesMail } from './ses/ses-mail.ts';

export const handler = queueHandler({
  environment,
  message: effectReferenceSchema,
  run: (reference, variables) => {
    const deps = processDeps(variables);
    return sendMail(
      {
        ...deps,
        directory: companyDirectory(deps.store),
        mail: createSesMail({
          client: sesClient(),
          sender: variables.MAIL_SENDER,
          configurationSet: variables.MAIL_CONFIGURATION_SET,
        }),
        pagesUrl: variables.PAGES_URL,
        hasSignIn: variables.SIGN_IN !== 'none',
        operatorsMail: variables.OPERATORS_MAIL,
        operatorsLanguage: variables.OPERATORS_LANGUAGE,
        timeZone: companyFacts(variables).timeZone,
      },
      reference,
    );
  },
});
