/**
 * AWS's published sample of an approval by one click in a mail (step-functions-workflows-collection, human in the loop),
 * built anew from its description: a function mails links that hold the task token, a GET of a link resumes the machine,
 * and a function processes the answer.
 */

/** @param arnOf - of a function, by the name of its file */
export function sampleMachine(arnOf: (name: string) => string): object {
  const processAnswer = (result: string) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: arnOf('process-answer'), Payload: { result, input: '{% $states.input %}' } },
    End: true,
  });
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'SendApprovalEmail',
    States: {
      SendApprovalEmail: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        Arguments: {
          FunctionName: arnOf('send-approval-email'),
          Payload: { taskToken: '{% $states.context.Task.Token %}', execution: '{% $states.context.Execution.Id %}' },
        },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'HandleRejection' }],
        Next: 'HandleApproval',
      },
      HandleApproval: processAnswer('approved'),
      HandleRejection: processAnswer('rejected'),
    },
  };
}
