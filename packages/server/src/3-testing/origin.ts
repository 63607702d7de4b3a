import type { Hash, Instant, ReasonCode } from '@patchsteward/core/vocabulary';

/** An origin as an administrator configured it. */
export interface Origin {
  readonly id: string;
  /** The address as hosts name it, without scheme. */
  readonly place: string;
  readonly url: string;
  readonly mirror: string | null;
  readonly suite: string;
  readonly components: readonly string[];
  readonly architectures: readonly string[];
  readonly fingerprints: readonly string[];
  readonly keys: string;
}

/** A signed index that was verified, with the package indexes it names. */
export interface Snapshot {
  readonly id: string;
  readonly originId: string;
  readonly releaseHash: Hash;
  readonly signedHash: Hash;
  readonly signedBy: readonly string[];
  readonly date: Instant;
  readonly validUntil: Instant | null;
  readonly publisher: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
  readonly fetchedAt: Instant;
}

export interface PackageIndex {
  readonly path: string;
  readonly component: string | null;
  readonly hash: Hash;
  readonly sizeBytes: number;
}

/** Why an index, or a file that it names, was not taken. */
export class OriginRefusal extends Error {
  readonly code: ReasonCode;

  constructor(code: ReasonCode, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.name = 'OriginRefusal';
    this.code = code;
  }
}

/** `https://deb.debian.org/debian/` is `deb.debian.org/debian` to every host, however it gets there. */
export function placeOf(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}

/** Where the signed index of an origin lies, and what is below it. // Debian wiki RepositoryFormat */
export function suiteAddress({ url, mirror, suite, components }: Origin): string {
  const base = (mirror ?? url).replace(/\/+$/, '');
  if (components.length > 0) return `${base}/dists/${suite}`;
  return `${base}/${suite}`.replace(/\/+$/, '');
}

/** The address of a file that an index names. */
export function fileAddress({ url, mirror }: Origin, path: string): string {
  return `${(mirror ?? url).replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** How an origin is called in a reason. */
export function originName({ place, suite }: Pick<Origin, 'place' | 'suite'>): string {
  return `${place} ${suite}`;
}
