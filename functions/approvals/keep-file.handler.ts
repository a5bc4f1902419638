import { arrivedKeys, bucketMessage } from '../attachments/bucket-message.ts';
import { keepReceipt } from '../expenses/receipts/keep-receipt.ts';
import { isReceipt } from '../expenses/receipts/receipt-upload.ts';
import { attachmentFiles } from '../runtime/attachments.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { reportGuess } from '../runtime/guesses.ts';
import { queueHandler } from '../runtime/handler.ts';
import { invoiceChecker } from '../runtime/invoice-checker.ts';
import { invoiceRegister } from '../runtime/invoice-register.ts';
import { pictureReader } from '../runtime/pictures.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './keep-file.env.ts';
import { keepFile } from './keep-file.ts';

export const handler = queueHandler({
  environment,
  message: bucketMessage,
  run: async (message, variables) => {
    const process = processDeps(variables);
    const deps = {
      ...process,
      directory: companyDirectory(process.store),
      files: attachmentFiles(variables),
      pictures: pictureReader(),
      register: invoiceRegister(variables),
      checker: invoiceChecker(variables),
      onGuess: reportGuess,
    };
    for (const key of arrivedKeys(message)) {
      await (isReceipt(key) ? keepReceipt(deps, key) : keepFile(deps, key));
    }
  },
});
