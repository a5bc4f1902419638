import { describe, expect, it } from 'vitest';
import type { End } from '../support/path-coverage.ts';
import type { ProcessWorld, WorldOptions } from '../support/process-world.ts';
import { redriveFailed } from '../support/redrive.ts';

interface Redriven<World extends ProcessWorld> {
  readonly world: (options: WorldOptions) => World;
  /** The execution's input, which the world files as well. */
  readonly event: object;
  readonly machineArn: string;
  /** The function that fixes who is asked, operators among them. */
  readonly route: string;
  /** The step that needs it first. */
  readonly firstRoute: string;
  /** The phase of its question. */
  readonly phase: string;
  readonly handIn: (world: World, expected: End, unfit?: readonly string[]) => Promise<void>;
}

/** What every process does whose execution fails where no operator can be asked about it: an alarm tells them, and they redrive it. */
export function describeRedrives<World extends ProcessWorld & RequestActs>(what: string, suite: Redriven<World>): void {
  const { event, machineArn, route, firstRoute, phase, handIn } = suite;
  const ASKED = { record: `(${phase})`, erp: 'nothing', oa: 'accepted' };

  /** A world in which a function is refused for good until it is mended. */
  function worldWithout(functionName: string) {
    let isDown = true;
    const world = suite.world({ fault: (_, name) => (name === functionName && isDown ? 'refused' : undefined) });
    return {
      world,
      mend: () => {
        isDown = false;
      },
    };
  }

  describe(what, () => {
    it('over an event that cannot be registered leaves nothing behind', async () => {
      const world = suite.world({});
      await world.startExecution({ ...event, oa: { system: 'demo-oa' } });

      expect(world.engine.executions()).toMatchObject([{ status: 'FAILED', error: 'ValidationError' }]);
      const unfit = ['RegisterRequest: event.oa.requestId: Invalid input: expected string, received undefined'];
      await handIn(world, { record: 'nothing', erp: 'nothing', oa: 'nothing' }, unfit);
    });

    it('before there is a process is begun again by a redrive', async () => {
      const { world, mend } = worldWithout('RegisterRequest');
      await world.submit(event);
      mend();

      await redriveFailed(world, machineArn);

      await handIn(world, ASKED);
    });

    it.each([
      ['because not even the operators can be asked', route],
      ["because the operators' question cannot be opened", 'OpenLevel'],
    ])('%s goes on with asking them after a redrive', async (_, functionName) => {
      const { world, mend } = worldWithout(functionName);
      await world.submit(event);
      await world.advance(3);
      mend();

      await redriveFailed(world, machineArn);
      await world.decide('operators', 'retry');

      await handIn(world, { ...ASKED, record: `!${firstRoute} retry (${phase})` });
    });
  });
}

interface RequestActs {
  submit(event: unknown): Promise<void>;
  decide(employeeId: string, action: string): Promise<unknown>;
}
