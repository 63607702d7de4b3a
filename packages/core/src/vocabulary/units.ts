import type { Brand } from './brand.ts';

/** Epoch milliseconds, UTC. RFC 3339 on the wire; the border converts. */
export type Instant = number;

/** `sha256:` and 64 lower-case hex digits. Opaque here: trust makes and compares hashes. */
export type Hash = Brand<string, 'Hash'>;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
