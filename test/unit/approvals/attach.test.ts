import { describe, expect, it } from 'vitest';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { MAX_ATTACHMENTS } from '../../../functions/approvals/domain/attach.ts';
import { acted, add, invoiceQuestion, refusalOf, yes } from './acting.ts';
import { run, wish } from './approvals.ts';

const file = (fileId: string): Wish => ({
  kind: 'attach',
  file: { fileId, mediaType: 'application/pdf', bytes: 12, digest: 'd' },
  fileName: 'offer.pdf',
  comment: '',
});

const filled = (): ApprovalState =>
  acted(invoiceQuestion(), ...Array.from({ length: MAX_ATTACHMENTS }, (_, index) => ['A', file(`f${index}`)] as const));

describe('a file that is attached', () => {
  it('stands in the approval with who added it and when, and decides nothing', () => {
    const state = invoiceQuestion();

    const result = run(state, wish(state, 'A', file('f1')), { sequence: 7 });

    expect(result).toMatchObject({
      kind: 'events',
      events: [{ type: 'FileAttached', employeeId: 'A', level: 0, fileId: 'f1', bytes: 12 }],
      state: { attachments: [{ fileId: 'f1', employeeId: 'A', level: 0, sequence: 7 }], open: state.open },
    });
  });

  it('counts once, however often its arrival is told', () => {
    const state = acted(invoiceQuestion(), ['A', file('f1')]);

    expect(run(state, wish(state, 'A', file('f1')))).toEqual({ kind: 'events', events: [], state });
  });

  it('may come from somebody who has decided, while others still decide', () => {
    const state = acted(invoiceQuestion({ kind: 'all' }), ['A', yes]);

    expect(refusalOf(state, 'A', file('f1'))).toBeUndefined();
  });

  it('may come from whoever is asked for an opinion', () => {
    const state = acted(invoiceQuestion(), ['A', { kind: 'delegate', to: 'D', comment: '' }]);

    expect(refusalOf(state, 'D', file('f1'))).toBeUndefined();
  });

  it('stays when a signer is added and the question goes on', () => {
    const state = acted(invoiceQuestion(), ['A', file('f1')], ['A', add('D', 'beside')], ['A', yes]);

    expect(state.attachments.map(({ fileId }) => fileId)).toEqual(['f1']);
  });

  it('is refused from anybody else', () => {
    expect(refusalOf(invoiceQuestion(), 'Z', file('f1'))).toBe('not-your-task');
  });

  it('is refused when there are as many as one item of the table holds', () => {
    expect(refusalOf(filled(), 'A', file('one more'))).toBe('too-many-files');
  });
});
