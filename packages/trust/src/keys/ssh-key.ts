import type { KeyObject } from 'node:crypto';
import { fromBase64 } from '../strict/base64.ts';
import { type Curve, openEcdsa, openEd25519, openRsa } from './open-key.ts';
import { readSsh, type SshReader } from './ssh-wire.ts';

/** The algorithm that makes a signature by this kind of key; `sk`: a token in somebody's hand makes it. */
type SshAlgorithm =
  | { readonly name: 'ssh-ed25519'; readonly scheme: 'ed25519'; readonly application: null }
  | { readonly name: 'sk-ssh-ed25519@openssh.com'; readonly scheme: 'ed25519'; readonly application: Buffer }
  | {
      readonly name: 'ecdsa-sha2-nistp256' | 'ecdsa-sha2-nistp384';
      readonly scheme: 'ecdsa';
      readonly curve: Curve;
      readonly application: null;
    }
  | {
      readonly name: 'sk-ecdsa-sha2-nistp256@openssh.com';
      readonly scheme: 'ecdsa';
      readonly curve: 'P-256';
      readonly application: Buffer;
    }
  /** Never `ssh-rsa`: that is SHA-1. // RFC 8332 §3 */
  | { readonly name: 'rsa-sha2-512'; readonly scheme: 'rsa'; readonly application: null };

export interface SshKey {
  readonly algorithm: SshAlgorithm;
  readonly key: KeyObject;
  /** The number or point itself, so that one secret under two names is seen to be one. */
  readonly material: string;
  readonly blob: Buffer;
}

const LINE_FORM = /^([a-z0-9@.-]{1,64}) ([A-Za-z0-9+/]{1,4096}={0,2})$/;
const CURVE_NAMES: Readonly<Record<Curve, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384' };

/** `ssh-ed25519 AAAA...` as it stands in a root: type and key, no comment. Null where it is no key that we take. */
export function openSshKey(line: string): SshKey | null {
  const [, type, encoded] = LINE_FORM.exec(line) ?? [];
  if (type === undefined || encoded === undefined) return null;
  const blob = fromBase64(encoded);
  const parts = blob === null ? null : readSsh(blob, (reader) => partsOf(reader, type));
  return blob === null || parts?.key == null ? null : { ...parts, key: parts.key, blob };
}

interface KeyParts {
  readonly algorithm: SshAlgorithm;
  readonly key: KeyObject | null;
  readonly material: string;
}

/** // RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4, OpenSSH PROTOCOL.u2f */
function partsOf(reader: SshReader, type: string): KeyParts | null {
  if (reader.ascii() !== type) return null;
  switch (type) {
    case 'ssh-ed25519': {
      const raw = reader.string();
      return ed25519(raw, { name: type, scheme: 'ed25519', application: null });
    }
    case 'sk-ssh-ed25519@openssh.com': {
      const raw = reader.string();
      return ed25519(raw, { name: type, scheme: 'ed25519', application: reader.string() });
    }
    case 'ecdsa-sha2-nistp256':
      return ecdsa(pointOf(reader, 'P-256'), { name: type, scheme: 'ecdsa', curve: 'P-256', application: null });
    case 'ecdsa-sha2-nistp384':
      return ecdsa(pointOf(reader, 'P-384'), { name: type, scheme: 'ecdsa', curve: 'P-384', application: null });
    case 'sk-ecdsa-sha2-nistp256@openssh.com': {
      const point = pointOf(reader, 'P-256');
      return ecdsa(point, { name: type, scheme: 'ecdsa', curve: 'P-256', application: reader.string() });
    }
    case 'ssh-rsa': {
      const [exponent, modulus] = [reader.positive(), reader.positive()];
      const algorithm: SshAlgorithm = { name: 'rsa-sha2-512', scheme: 'rsa', application: null };
      return { algorithm, key: openRsa(exponent, modulus), material: modulus.toString('hex') };
    }
    default:
      return null;
  }
}

function ed25519(raw: Buffer, algorithm: SshAlgorithm): KeyParts {
  return { algorithm, key: openEd25519(raw), material: raw.toString('hex') };
}

function ecdsa(point: Buffer | null, algorithm: SshAlgorithm & { readonly scheme: 'ecdsa' }): KeyParts | null {
  if (point === null) return null;
  return { algorithm, key: openEcdsa(algorithm.curve, point), material: point.toString('hex') };
}

function pointOf(reader: SshReader, curve: Curve): Buffer | null {
  const named = reader.ascii();
  const point = reader.string();
  return named === CURVE_NAMES[curve] ? point : null;
}
