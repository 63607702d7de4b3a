import type { Fault } from './strict/fault.ts';

/** Why something signed is not acted on. Closed: a host, the server and the command line say the same words. */
export const TRUST_REFUSALS = [
  'too-large',
  'envelope-unreadable',
  'payload-type-wrong',
  'payload-unreadable',
  'root-pin-wrong',
  'root-unknown',
  'root-gap',
  'root-rolled-back',
  'root-threshold-missing',
  'root-expired',
  'signature-missing',
  'signature-wrong',
  'signer-unknown',
  'signer-not-named',
  'role-missing',
  'requester-not-signed',
  'quorum-missing',
  'cli-signature-missing',
  'not-yet-valid',
  'plan-expired',
  'plan-superseded',
  'plan-quarantined',
  'guard-unreadable',
  'leaf-unreadable',
  'leaf-not-in-plan',
  'not-this-host',
  'test-plan-on-production',
  'lane-not-allowed',
  'reboot-not-allowed',
  'kernel-not-allowed',
  'package-denied',
  'package-protected',
  'version-not-newer',
  'action-not-allowed',
  'backup-missing',
  'epoch-old',
  'outside-interval',
] as const;
export type TrustRefusalCode = (typeof TRUST_REFUSALS)[number];

export interface TrustRefusal {
  readonly code: TrustRefusalCode;
  /** For the person who reads it: which field, which role, which package. */
  readonly detail: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: TrustRefusal };

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(
  code: TrustRefusalCode,
  detail: string,
): { readonly ok: false; readonly refusal: TrustRefusal } {
  return { ok: false, refusal: { code, detail } };
}

/** A document that could not be read, as the refusal of what it was to be. */
export function unreadable(
  code: TrustRefusalCode,
  { problem, path }: Fault,
): { readonly ok: false; readonly refusal: TrustRefusal } {
  return refused(problem === 'too-large' ? 'too-large' : code, `${problem} at ${path}`);
}
