import { recordMessageSchema } from '../audit/record-message.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './note-growth.env.ts';
import { noteGrowth } from './note-growth.ts';

export const handler = queueHandler({
  environment,
  message: recordMessageSchema,
  run: ({ entries }, variables) => noteGrowth(processDeps(variables), entries),
});
