import { describe, expect, it } from 'vitest';
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import { carryOn, createOnce, furthest } from '../../../functions/connectors/erp/once.ts';
import { NotDoneError, RefusedError } from '../../../functions/connectors/erp/outcome.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';

interface Document {
  readonly id: number;
  readonly state: string;
}

/** A shelf of documents of one key, without any rule against a second one. */
function shelf() {
  const clock = new SettableClock();
  const claims = createCommandClaims(new MemoryStore(), clock);
  const documents: Document[] = [];
  const log: string[] = [];
  const add = async () => {
    log.push('create');
    const id = documents.length + 1;
    documents.push({ id, state: 'draft' });
    return id;
  };
  const creation = {
    claims,
    key: 'P1-order',
    find: async () => {
      await Promise.resolve();
      return furthest(documents, ['draft', 'confirmed']);
    },
    prepare: async () => ({}),
    create: add,
    discard: async (id: number) => {
      log.push(`discard ${id}`);
      const at = documents.findIndex((document) => document.id === id);
      documents.splice(at, 1);
    },
  };
  return { clock, documents, log, creation, add };
}

describe('creating a document once', () => {
  it('sends one creation when eight callers begin at the same moment; the others are told to come back', async () => {
    // Prepare
    const { creation, log } = shelf();

    // Act
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => createOnce(creation)));

    // Assess
    expect(log).toEqual(['create']);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused.every((reason) => reason instanceof ConnectorTransientError)).toBe(true);
    expect(refused.length).toBeLessThan(8);
  });

  it('finds what was created although the reply was lost', async () => {
    // Prepare
    const { creation, add, log } = shelf();
    const lossy = {
      ...creation,
      create: async (): Promise<number> => {
        await add();
        throw new ConnectorTransientError('the line broke');
      },
    };

    // Act
    const document = await createOnce(lossy);

    // Assess
    expect(document).toEqual({ id: 1, state: 'draft' });
    expect(log).toEqual(['create']);
  });

  it('lets nobody create while a creation may still be on its way, and does when its time is over', async () => {
    // Prepare
    const { creation, clock, log } = shelf();
    const silent = {
      ...creation,
      create: async (): Promise<number> => {
        throw new ConnectorTransientError('no answer in time');
      },
    };

    // Act
    const first = createOnce(silent);
    await expect(first).rejects.toThrow('no answer in time');
    clock.forward(59);
    const early = createOnce(creation);
    await expect(early).rejects.toThrow('another caller is creating P1-order');
    clock.forward(2);
    const late = await createOnce(creation);

    // Assess
    expect(late.id).toBe(1);
    expect(log).toEqual(['create']);
  });

  it.each([
    ['was refused', new RefusedError('no such product')],
    ['could not be sent', new NotDoneError('nothing listens')],
  ])('may be tried again at once when it %s', async (_what, error) => {
    // Prepare
    const { creation } = shelf();
    const failing = { ...creation, create: () => Promise.reject(error) };

    // Act
    await expect(createOnce(failing)).rejects.toBe(error);
    const document = await createOnce(creation);

    // Assess
    expect(document.id).toBe(1);
  });

  it('gives what another caller created when it is refused because that one was faster', async () => {
    // Prepare
    const { creation, documents, log } = shelf();
    const slower = {
      ...creation,
      create: async (): Promise<number> => {
        documents.push({ id: 7, state: 'confirmed' });
        throw new RefusedError('there is one already');
      },
    };

    // Act
    const document = await createOnce(slower);

    // Assess
    expect(document).toEqual({ id: 7, state: 'confirmed' });
    expect(log).toEqual([]);
  });

  it('may be tried again at once when it could not be sent, although nobody answers a look either', async () => {
    // Prepare
    const { creation } = shelf();
    let isDown = false;
    const cut = {
      ...creation,
      create: (): Promise<number> => {
        isDown = true;
        return Promise.reject(new NotDoneError('nothing listens'));
      },
      find: () => (isDown ? Promise.reject(new NotDoneError('nothing listens')) : creation.find()),
    };

    // Act
    await expect(createOnce(cut)).rejects.toThrow('nothing listens');
    const document = await createOnce(creation);

    // Assess
    expect(document.id).toBe(1);
  });

  it('may be tried again at once when its values could not be collected', async () => {
    // Prepare
    const { creation } = shelf();
    const error = new ConnectorTransientError('no answer in time');

    // Act
    await expect(createOnce({ ...creation, prepare: () => Promise.reject(error) })).rejects.toBe(error);

    // Assess
    expect((await createOnce(creation)).id).toBe(1);
  });

  it('gives the document of another caller when that has made its own values impossible', async () => {
    // Prepare
    const { creation, add, log } = shelf();
    const outpaced = {
      ...creation,
      prepare: async (): Promise<Record<string, never>> => {
        await add();
        throw new RefusedError('nothing is left to be paid');
      },
    };

    // Act
    const document = await createOnce(outpaced);

    // Assess
    expect(document.id).toBe(1);
    expect(log).toEqual(['create']);
  });

  it('takes its own document away again when an older one turns up', async () => {
    // Prepare
    const { creation, add, documents, log } = shelf();
    const outrun = {
      ...creation,
      create: async () => {
        // The late one of a caller that gave up.
        await add();
        return add();
      },
    };

    // Act
    const document = await createOnce(outrun);

    // Assess
    expect(document.id).toBe(1);
    expect(log).toEqual(['create', 'create', 'discard 2']);
    expect(documents).toEqual([{ id: 1, state: 'draft' }]);
  });
});

describe('carrying a document on', () => {
  it('takes each step until none is left', async () => {
    // Prepare
    let state = 'draft';
    const to = (next: string) => async () => {
      state = next;
    };

    // Act
    const document = await carryOn(async () => ({ state }), { draft: to('quotation'), quotation: to('confirmed') });

    // Assess
    expect(document).toEqual({ state: 'confirmed' });
  });

  it('goes on after a step that failed here but was done', async () => {
    // Prepare
    let state = 'draft';
    const lossy = async () => {
      state = 'confirmed';
      throw new ConnectorTransientError('the line broke');
    };

    // Act and assess
    expect(await carryOn(async () => ({ state }), { draft: lossy })).toEqual({ state: 'confirmed' });
  });

  it('fails with the step that was not done', async () => {
    const error = new RefusedError('the fiscal year is closed');
    const step = () => Promise.reject(error);
    await expect(carryOn(async () => ({ state: 'draft' }), { draft: step })).rejects.toBe(error);
  });

  it('does not press for ever what changes nothing', async () => {
    await expect(carryOn(async () => ({ state: 'draft' }), { draft: async () => {} })).rejects.toThrow(
      'in state draft',
    );
  });
});
