/** Port of the bus. Adapter: `adapters/event-bus.ts`. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
}

export interface EventPublisher {
  /**
   * Puts the events on the bus, at least once each, in no order that a reader may rely on.
   * @throws ConnectorTransientError naming how many were not taken: putting all again is safe.
   */
  publish(events: readonly BusEvent[]): Promise<void>;
}
