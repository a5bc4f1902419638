/** Sending mail. Nothing is promised about arrival: a mail that is sent can still bounce. */
export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names the mail in delivery events: characters of [A-Za-z0-9_-], at most 256. */
  readonly reference: string;
}

export interface MailPort {
  /**
   * Resolves with the provider's id once the mail is taken. Not idempotent: sending again is another mail.
   * @throws ConnectorTransientError throttled, down or lost reply.
   * @throws ConnectorPermanentError this mail will not be taken, such as for a malformed address.
   * @throws ConfigError the sender is not set up: an operator can mend it, and the mail can be sent then.
   */
  send(mail: Mail): Promise<{ readonly messageId: string }>;
}
