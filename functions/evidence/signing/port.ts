/** Signs manifests. Adapters: KMS; a key in memory for tests. */

export interface SigningKey {
  /** SubjectPublicKeyInfo as PEM. */
  readonly pem: string;
  /** SHA-256 (hex) of its DER. */
  readonly sha256: string;
}

/** @throws ConnectorTransientError (down, throttled), ConfigError (not allowed, or no such key) from both. */
export interface Signer {
  publicKey(): Promise<SigningKey>;
  /** ECDSA on P-256 over the SHA-256 of the content, as DER. Two signatures of the same content differ. */
  sign(content: Uint8Array): Promise<Uint8Array>;
}
