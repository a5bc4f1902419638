/** Port: where the event log lies. */
export interface EventLogFiles {
  /**
   * Writes a file once: the same name again takes the place of the same content.
   * @throws ConnectorTransientError when it may work later.
   */
  write(name: string, content: Uint8Array): Promise<void>;
}
