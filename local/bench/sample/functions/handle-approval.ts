/** A GET of a link decides: whatever opens it. */
import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';

const engine = new SFNClient({});

interface Request {
  readonly queryStringParameters: { readonly taskToken: string; readonly decision: string };
}

export async function handler({ queryStringParameters }: Request) {
  const { taskToken, decision } = queryStringParameters;
  await (decision === 'approve'
    ? engine.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ decision }) }))
    : engine.send(new SendTaskFailureCommand({ taskToken, error: 'Rejected' })));
  return { statusCode: 200, body: `<p>Your answer: ${decision === 'approve' ? 'approved' : 'rejected'}</p>` };
}
