import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, type StepEvent, stateOfAct } from '../../../functions/operations/domain/act.ts';
import { OPERATOR_ACTIONS, type OperatorAction } from '../../../functions/operations/domain/trouble.ts';

const STEP = 'CreateOrder';
const work = (kind: 'entered' | 'succeeded' | 'failed', step: string): StepEvent => ({ kind, step, isWork: true });
const choice = (step: string): StepEvent => ({ kind: 'entered', step, isWork: false });
const ended: StepEvent = { kind: 'execution-succeeded' };
const failed: StepEvent = { kind: 'execution-failed' };
const redriven: StepEvent = { kind: 'redriven' };
/** The operator's answer arrives. */
const answered = [work('succeeded', 'ResolveFailure'), choice('HowToGoOn?')];
const asksAgain = [
  work('entered', 'RouteFailure'),
  work('succeeded', 'RouteFailure'),
  work('entered', 'ResolveFailure'),
];

function actOf(action: OperatorAction, step: string | undefined = STEP): Act {
  return {
    actId: 'act-1',
    at: '2026-01-01T00:00:00.000Z',
    by: 'Lin',
    action,
    ref: { kind: 'question', processId: 'P2P-1', approvalId: 'a' },
    title: 'Chairs',
    ...(step === undefined ? {} : { step }),
  };
}

describe('what an operator asked for', () => {
  it.each<[OperatorAction, string, readonly StepEvent[]]>([
    ['retry', 'asked-for', []],
    ['retry', 'asked-for', answered],
    ['retry', 'asked-for', [...answered, work('entered', STEP)]],
    ['retry', 'asked-for', [...answered, work('succeeded', 'CheckAgain')]],
    ['retry', 'done', [...answered, work('entered', STEP), work('succeeded', STEP)]],
    ['retry', 'failed-again', [...answered, work('entered', STEP), work('failed', STEP), ...asksAgain]],
    ['retry', 'failed-again', [...answered, failed]],
    ['skip', 'asked-for', answered],
    ['skip', 'done', [...answered, work('entered', 'AwaitPayment')]],
    ['skip', 'done', [...answered, ended]],
    ['skip', 'failed-again', [...answered, ...asksAgain]],
    ['skip', 'failed-again', [failed]],
    ['cancel', 'asked-for', [...answered, work('entered', 'UndoPurchase'), work('succeeded', 'UndoPurchase')]],
    ['cancel', 'done', [...answered, work('entered', 'UndoPurchase'), ended]],
    ['cancel', 'failed-again', [...answered, work('failed', 'UndoPurchase'), ...asksAgain]],
    ['redrive', 'asked-for', []],
    ['redrive', 'asked-for', [failed]],
    ['redrive', 'asked-for', [redriven]],
    ['redrive', 'asked-for', [redriven, choice('IsNewRequest?')]],
    ['redrive', 'done', [failed, redriven, work('succeeded', STEP)]],
    ['redrive', 'done', [redriven, ended]],
    ['redrive', 'failed-again', [redriven, work('failed', STEP), failed]],
    ['redrive', 'failed-again', [redriven, failed]],
  ])('%s is %s', (action, state, events) => {
    expect(stateOfAct(actOf(action), events)).toBe(state);
  });

  it('is judged by the first state that ends, where the step that failed is not known', () => {
    const act = actOf('retry', undefined);
    const { step: _, ...unknown } = act;

    expect(stateOfAct(unknown, [work('failed', 'Any')])).toBe('failed-again');
  });

  it('is not guessed at when the history is gone', () => {
    expect(stateOfAct(actOf('retry'), undefined)).toBe('gone');
  });

  it('is never done without anything that succeeded or went on', () => {
    const bad = fc.oneof(
      fc.constantFrom<StepEvent>(failed, redriven, choice('HowToGoOn?')),
      fc.constantFrom('CreateOrder', 'UndoPurchase', 'Other').map((step) => work('failed', step)),
      fc.constantFrom('RouteFailure', 'ResolveFailure').map((step) => work('entered', step)),
    );

    fc.assert(
      fc.property(fc.constantFrom(...OPERATOR_ACTIONS), fc.array(bad), (action, events) => {
        expect(stateOfAct(actOf(action), events)).not.toBe('done');
      }),
    );
  });
});
