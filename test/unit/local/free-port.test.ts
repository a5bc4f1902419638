import { describe, expect, it } from 'vitest';
import { onFreePort } from '../../../local/tryton/process.ts';

/** Fails with one of `problems` after the other, then starts. */
function serverWith(...problems: readonly string[]) {
  const ports: number[] = [];
  const launch = async (port: number): Promise<number> => {
    const problem = problems[ports.length];
    ports.push(port);
    if (problem !== undefined) throw new Error(problem);
    return port;
  };
  return { ports, launch };
}

describe('a server on a free port', () => {
  it('takes another port when a program was faster, in the words of either server', async () => {
    const { ports, launch } = serverWith('OSError: Address already in use', '127.0.0.1:9 is already in use');

    const port = await onFreePort(launch);

    expect(ports).toHaveLength(3);
    expect(port).toBe(ports[2]);
  });

  it('gives up when every port is taken', async () => {
    const taken = 'Address already in use';
    const { ports, launch } = serverWith(taken, taken, taken, taken);

    await expect(onFreePort(launch)).rejects.toThrow(taken);
    expect(ports).toHaveLength(3);
  });

  it('does not try again what fails for another reason', async () => {
    const { ports, launch } = serverWith('no such module');

    await expect(onFreePort(launch)).rejects.toThrow('no such module');
    expect(ports).toHaveLength(1);
  });
});
