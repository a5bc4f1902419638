/** Stops what a command started: in reverse order, once, and also when the command is interrupted. */

/** Parts of a running command. */
export interface Supervisor {
  /** Registers a started part; parts are stopped in the reverse order of their registration. */
  add(name: string, stop: () => Promise<void>): void;
  /** Stops all parts; a second call waits for the first. A part that fails to stop does not keep the others. */
  stopAll(): Promise<void>;
  /**
   * From now on Ctrl-C, SIGTERM and SIGHUP stop all parts and end the process with the signal's exit code; a second one
   * ends it at once (parts in groups of their own end by themselves then).
   */
  handleSignals(): void;
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** @param report - told what is being stopped and what would not stop */
export function createSupervisor(report: (line: string) => void): Supervisor {
  const parts: { name: string; stop: () => Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;

  const stopParts = async (): Promise<void> => {
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      try {
        await part.stop();
      } catch (error) {
        report(`${part.name} did not stop: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const stopAll = (): Promise<void> => {
    stopping ??= stopParts();
    return stopping;
  };

  return {
    add: (name, stop) => {
      parts.push({ name, stop });
    },
    stopAll,
    handleSignals: () => {
      for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
        process.on(signal, () => {
          if (stopping !== undefined) process.exit(exitCode);
          report('stopping (Ctrl-C again ends at once)');
          void stopAll().finally(() => process.exit(exitCode));
        });
      }
    },
  };
}
