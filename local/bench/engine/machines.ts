/** The machines that the engine is measured with. */

export const MACHINE_ARN = 'arn:aws:states:eu-central-1:000000000000:stateMachine:measured';
const INVOKE = 'arn:aws:states:::lambda:invoke';

/** Three states, one of them a task. */
export const SHORT = {
  QueryLanguage: 'JSONata',
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Output: { amount: '{% $states.input.amount * 2 %}' }, Next: 'Call' },
    Call: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload %}',
      TimeoutSeconds: 60,
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

/** Waits for an answer from outside. */
export const WAITING = {
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 86_400,
      End: true,
    },
  },
};

/** As large as a purchase's. */
export const INPUT = {
  amount: 5,
  requisition: { title: 'Chairs and paper', lines: Array(10).fill('P-1001, 5 pieces') },
};
