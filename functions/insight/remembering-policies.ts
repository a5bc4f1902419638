/** Tables that are asked the same again and again: years of history are routed by them. */
import type { Policies } from '../policy/port.ts';

/** Answers the questions of routing from memory where they were asked before; refusals are asked anew. */
export function rememberingPolicies(policies: Policies): Policies {
  return {
    ...policies,
    approvalLevels: remembered(policies.approvalLevels),
    firedRules: remembered(policies.firedRules),
    linkLimit: remembered(policies.linkLimit),
    waitingTimes: remembered(policies.waitingTimes),
  };
}

function remembered<Question, Answer>(ask: (question: Question) => Promise<Answer>) {
  const answers = new Map<string, Answer>();
  return async (question: Question): Promise<Answer> => {
    const key = JSON.stringify(question);
    const known = answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const answer = await ask(question);
    answers.set(key, answer);
    return answer;
  };
}
