import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChainedEntries,
  type ChainHead,
  chainEntries,
  EMPTY_CHAIN,
  entryHash,
  GENESIS_HASH,
  type NewEntry,
  type PersonalValues,
  type RecordEntry,
  verifyChain,
} from '../../../functions/audit/domain/record.ts';

const PROCESS = 'P2P-1';
const NOW = new Date('2026-01-01T08:00:00.000Z');

function chain(news: readonly NewEntry[], head: ChainHead = EMPTY_CHAIN): ChainedEntries {
  let salts = 0;
  const newSalt = () => {
    salts += 1;
    return `salt-${head.sequence}-${salts}`;
  };
  return chainEntries(PROCESS, head, news, { now: NOW, newSalt });
}

const news: fc.Arbitrary<NewEntry> = fc.record(
  {
    type: fc.constantFrom('LevelOpened', 'DecisionMade', 'OrderCreated'),
    actor: fc.record({ kind: fc.constantFrom('person', 'meridian', 'oa'), id: fc.string() }),
    facts: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<string>, { maxKeys: 4 }),
    personal: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  },
  { requiredKeys: ['type', 'actor', 'facts'] },
);

const chains = fc.array(news, { minLength: 1, maxLength: 8 }).map((list) => chain(list));

/** A chain and the index of one of its entries. */
const chainAndIndex = chains.chain((chained) =>
  fc.record({ chained: fc.constant(chained), index: fc.nat({ max: chained.entries.length - 1 }) }),
);

function damagesOf(entries: readonly RecordEntry[], chained: ChainedEntries) {
  return verifyChain(PROCESS, entries, { expectedHead: chained.head, personal: chained.personal });
}

describe('the chain of a record', () => {
  it('numbers entries from 1 and lets each follow from the one before it', () => {
    const { entries, head } = chain([
      { type: 'LevelOpened', actor: { kind: 'meridian', id: 'approvals' }, facts: { level: 0, note: undefined } },
      { type: 'DecisionMade', actor: { kind: 'person', id: 'E-1' }, facts: {}, personal: { comment: 'fine' } },
    ]);

    const [first, second] = entries;
    expect(first).toMatchObject({ processId: PROCESS, sequence: 1, schemaVersion: 1, previousHash: GENESIS_HASH });
    expect(first?.occurredAt).toBe('2026-01-01T08:00:00.000Z');
    expect(first?.facts).toEqual({ level: 0 });
    expect(first).not.toHaveProperty('personalDigest');
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash });
    expect(head).toEqual({ sequence: 2, hash: second?.hash });
  });

  it('has the hash that anybody computes from the format alone', () => {
    const { entries } = chain([{ type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: { b: '2.50', a: [1] } }]);

    // By sha256sum from this text:
    // {"actor":{"id":"oa","kind":"oa"},"facts":{"a":[1],"b":"2.50"},"occurredAt":"2026-01-01T08:00:00.000Z",
    // "previousHash":"<64 times 0>","processId":"P2P-1","schemaVersion":1,"sequence":1,"type":"Noted"} (in one line)
    expect(entries[0]?.hash).toBe('75de02a5a695cd96293cd812490acc994602c8e90f8734758e55980fa42a4732');
  });

  it('keeps personal values out of the entries', () => {
    const { entries, personal } = chain([
      { type: 'DecisionMade', actor: { kind: 'person', id: 'E-1' }, facts: {}, personal: { comment: 'Zhang is ill' } },
    ]);

    expect(JSON.stringify(entries)).not.toContain('Zhang');
    expect(personal).toEqual([
      { processId: PROCESS, sequence: 1, salt: 'salt-0-1', values: { comment: 'Zhang is ill' } },
    ]);
  });

  it('gives equal personal values different digests, so that nobody can guess them from the record', () => {
    const entry: NewEntry = { type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: {}, personal: { comment: 'ok' } };
    const { entries } = chain([entry, entry]);

    expect(entries[0]?.personalDigest).not.toBe(entries[1]?.personalDigest);
  });

  it('is the same whether it grew at once or in steps', () => {
    fc.assert(
      fc.property(fc.array(news, { maxLength: 4 }), fc.array(news, { maxLength: 4 }), (one, other) => {
        const strip = (list: readonly NewEntry[]) => list.map(({ personal: _, ...rest }) => rest);
        const first = chain(strip(one));
        const second = chain(strip(other), first.head);

        expect([...first.entries, ...second.entries]).toEqual(chain(strip([...one, ...other])).entries);
      }),
    );
  });
});

describe('verifying a record', () => {
  it('finds nothing in a record as it was written, also after a trip through JSON', () => {
    fc.assert(
      fc.property(chains, (chained) => {
        expect(damagesOf(JSON.parse(JSON.stringify(chained.entries)), chained)).toEqual([]);
      }),
    );
  });

  it('finds nothing in a record that has no entries yet', () => {
    expect(verifyChain(PROCESS, [], { expectedHead: EMPTY_CHAIN })).toEqual([]);
  });

  it('finds any change of any member of any entry, and names the entry', () => {
    const members = ['type', 'occurredAt', 'actor', 'facts', 'schemaVersion', 'personalDigest', 'previousHash', 'hash'];
    fc.assert(
      fc.property(chainAndIndex, fc.constantFrom(...members), fc.jsonValue(), ({ chained, index }, member, value) => {
        const changed = chained.entries.map((entry, at) => (at === index ? { ...entry, [member]: value } : entry));
        fc.pre(JSON.stringify(changed) !== JSON.stringify(chained.entries));
        const damages = verifyChain(PROCESS, changed as readonly RecordEntry[]);

        fc.pre(!isSameContent(changed[index], chained.entries[index]));
        expect(damages.some(({ sequence }) => sequence === index + 1)).toBe(true);
      }),
    );
  });

  it('finds an entry that was changed and given a new hash, by the entry after it or by where the process stands', () => {
    fc.assert(
      fc.property(chainAndIndex, ({ chained, index }) => {
        const forged = chained.entries.map((entry, at) =>
          at === index ? rehashed({ ...entry, type: 'Forged' }) : entry,
        );

        expect(damagesOf(forged, chained)).not.toEqual([]);
      }),
    );
  });

  it('finds an entry that was taken out, wherever it stood', () => {
    fc.assert(
      fc.property(chainAndIndex, ({ chained, index }) => {
        const rest = chained.entries.filter((_, at) => at !== index);

        expect(damagesOf(rest, chained)).not.toEqual([]);
      }),
    );
  });

  it('finds entries cut off at the end only from where the process stands', () => {
    const chained = chain([1, 2, 3].map((n) => ({ type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: { n } })));
    const cut = chained.entries.slice(0, 2);

    expect(verifyChain(PROCESS, cut)).toEqual([]);
    expect(verifyChain(PROCESS, cut, { expectedHead: chained.head })).toEqual([
      { sequence: 2, damage: 'the process stands at entry 3: entries are missing or added at the end' },
    ]);
  });

  it('finds an entry that was put in, although it follows correctly from the one before it', () => {
    fc.assert(
      fc.property(chainAndIndex, news, ({ chained, index }, fresh) => {
        const before = chained.entries[index];
        const at = before === undefined ? EMPTY_CHAIN : { sequence: before.sequence, hash: before.hash };
        const inserted = chain([fresh], at).entries;
        const entries = [...chained.entries.slice(0, index + 1), ...inserted, ...chained.entries.slice(index + 1)];

        expect(damagesOf(entries, chained)).not.toEqual([]);
      }),
    );
  });

  it('finds entries in another order', () => {
    const several = fc.array(news, { minLength: 2, maxLength: 8 }).map((list) => chain(list));
    const swaps = several.chain((chained) =>
      fc.record({ chained: fc.constant(chained), at: fc.nat({ max: chained.entries.length - 2 }) }),
    );
    fc.assert(
      fc.property(swaps, ({ chained, at }) => {
        const entries = [...chained.entries];
        entries.splice(at, 2, ...entries.slice(at, at + 2).reverse());

        expect(damagesOf(entries, chained)).not.toEqual([]);
      }),
    );
  });

  it('finds an entry of another process, though its chain is sound', () => {
    const { entries } = chain([{ type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: {} }]);

    expect(verifyChain('P2P-2', entries)).toEqual([{ sequence: 1, damage: `belongs to process ${PROCESS}` }]);
  });

  it('holds whichever personal values were erased', () => {
    fc.assert(
      fc.property(chains, fc.infiniteStream(fc.boolean()), (chained, keep) => {
        const left = chained.personal.filter(() => keep.next().value === true);

        expect(verifyChain(PROCESS, chained.entries, { expectedHead: chained.head, personal: left })).toEqual([]);
      }),
    );
  });

  it('finds personal values that were changed, salted anew or attached to another entry', () => {
    const { entries, personal } = chain([
      { type: 'DecisionMade', actor: { kind: 'person', id: 'E-1' }, facts: {}, personal: { comment: 'no' } },
      { type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: {} },
    ]);
    const [values] = personal;
    const forgeries: readonly Partial<PersonalValues>[] = [
      { values: { comment: 'yes' } },
      { salt: 'another' },
      { sequence: 2 },
      { sequence: 3 },
    ];

    for (const forgery of forgeries) {
      const forged = { processId: PROCESS, sequence: 1, salt: '', values: {}, ...values, ...forgery };
      expect(verifyChain(PROCESS, entries, { personal: [forged] })).toEqual([
        { sequence: forged.sequence, damage: 'personal values were changed after they were recorded' },
      ]);
    }
  });

  it('says everything that it found, not only the first', () => {
    const chained = chain([1, 2, 3, 4].map((n) => ({ type: 'Noted', actor: { kind: 'oa', id: 'oa' }, facts: { n } })));
    const damaged = chained.entries
      .filter(({ sequence }) => sequence !== 2)
      .map((entry) => (entry.sequence === 4 ? { ...entry, facts: { n: 5 } } : entry));

    expect(verifyChain(PROCESS, damaged).map(({ sequence }) => sequence)).toEqual([3, 3, 4]);
  });
});

function rehashed({ hash: _, ...content }: RecordEntry): RecordEntry {
  return { ...content, hash: entryHash(content) };
}

/** Whether a change only rewrote what means the same, such as -0 for 0. */
function isSameContent(one: unknown, other: RecordEntry | undefined): boolean {
  return other !== undefined && entryHash(one as RecordEntry) === entryHash(other);
}
