/** What a use-case may not take from its surroundings by itself: time and chance. Tests inject their own. */
export interface Clock {
  now(): Date;
}

export interface Randomness {
  /** 256 random bits, base64url. */
  secret(): string;
  /** A random UUID. */
  uuid(): string;
}
