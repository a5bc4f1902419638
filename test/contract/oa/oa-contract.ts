/** What whoever tells an OA must keep to, whatever the OA is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OaNotice, OaPort } from '../../../functions/connectors/oa/port.ts';
import type { Mishap } from './stub-server.ts';

export const NOTICE: OaNotice = {
  messageId: 'P2P-1-00000004-2-0',
  oa: { system: 'demo-oa', requestId: 'PR-1' },
  requester: { employeeId: 'E-1001' },
  processId: 'P2P-1',
  sequence: 4,
  status: 'accepted',
  text: { en: 'Accepted for <processing> & more', zh: '已受理：会议室座椅' },
  facts: {},
  occurredAt: '2026-01-01T00:00:00.000Z',
};

/** An OA, or a stub of it, with a port that tells it. */
export interface OaRig {
  readonly oa: OaPort;
  /** What it took, in order. */
  readonly taken: () => readonly OaDelivery[];
  /** The next message meets that in the place of an answer. */
  readonly meet: (mishap: Mishap) => void;
  /** The next message is answered as the OA answers when it is too busy, and when it will never take it. */
  readonly answerNext: (how: 'busy' | 'refused') => void;
  readonly close: () => Promise<void>;
}

export interface OaDelivery {
  /** By what the OA knows that it has the message already. */
  readonly key: string;
  /** All that it was sent. */
  readonly content: string;
}

export function oaContract(name: string, open: () => Promise<OaRig>): void {
  describe(`the OA by ${name}`, () => {
    let rig: OaRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(() => rig.close());

    /** What became of telling it; undefined: it took the message. */
    const tell = async (notice: OaNotice = NOTICE): Promise<Error | undefined> => {
      try {
        await rig.oa.tell(notice);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    };

    it('gets the words of a message in both languages, the request, and the process', async () => {
      expect(await tell()).toBeUndefined();

      const content = rig.taken().at(-1)?.content ?? '';
      for (const part of ['PR-1', 'P2P-1', '已受理：会议室座椅', 'Accepted for']) {
        expect(content).toContain(part);
      }
    });

    it('gets the address of the record with the last message', async () => {
      const recordUrl = 'https://pages.example.com/record/P2P-1?k=abc';

      expect(await tell({ ...NOTICE, sequence: 9, facts: { final: true, recordUrl } })).toBeUndefined();

      expect(rig.taken().at(-1)?.content).toContain(recordUrl);
    });

    it('knows a repeated message, and tells another one of the same words from it', async () => {
      await tell();
      await tell();
      await tell({ ...NOTICE, messageId: 'P2P-1-00000005-2-0', sequence: 5 });

      const [first, second, other] = rig.taken().slice(-3);
      expect(second?.key).toBe(first?.key);
      expect(other?.key).not.toBe(first?.key);
    });

    it('may take the same message later when it is busy', async () => {
      rig.answerNext('busy');

      expect(await tell()).toMatchObject({ name: 'ConnectorTransientError' });
      expect(await tell()).toBeUndefined();
    });

    it('refuses a message for good, and the reason repeats none of its words', async () => {
      rig.answerNext('refused');

      const error = await tell();

      expect(error).toMatchObject({ name: 'ConnectorPermanentError' });
      expect(error?.message).not.toContain('会议室座椅');
    });

    it.each(['slow', 'gateway'] as const)('may take it later when it is %s', async (mishap) => {
      rig.meet(mishap);

      expect(await tell()).toMatchObject({ name: 'ConnectorTransientError' });
      expect(await tell()).toBeUndefined();
    });

    it('cannot send it elsewhere', async () => {
      const before = rig.taken().length;
      rig.meet('elsewhere');

      expect(await tell()).toMatchObject({ name: expect.stringMatching(/^(ConnectorPermanentError|ConfigError)$/) });
      expect(rig.taken()).toHaveLength(before);
    });
  });
}
