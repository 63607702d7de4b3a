import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import {
  IndexFault,
  packageIndexes,
  parseRelease,
  type Release,
  timelyFault,
} from '@patchsteward/standards/apt-repository';
import { readCertificates, verifyClearSigned } from '@patchsteward/standards/openpgp';
import { sha256 } from '@patchsteward/trust';
import { OriginFault, type PackageOrigin } from '../connectors/package-origin.ts';
import { type ByteStore, ByteStoreFault, type Promised } from './byte-store.ts';
import type { LookedUp } from './listing-store.ts';
import { lookUp } from './look-up.ts';
import { OriginRefusal, originName, type PackageIndex, suiteAddress } from './origin.ts';
import type { OriginRow } from './origin-store.ts';
import { FORMS, hasXz } from './unpack.ts';

/** Debian's is 150 KiB. */
const RELEASE_BYTES_MAX = 4 * 1024 ** 2;
/** Ten times Debian's largest, packed or not. */
const INDEX_BYTES_MAX = 512 * 1024 ** 2;

export interface FetchingTools {
  readonly store: ByteStore;
  readonly packageOrigin: PackageOrigin;
  readonly signal: AbortSignal;
}

/** A verified index whose bytes lie in the byte store; nothing of it is in force yet. */
export interface FetchedIndex {
  readonly release: Release;
  readonly releaseFile: Promised;
  readonly signedHash: Hash;
  readonly signedBy: readonly string[];
  readonly indexes: readonly PackageIndex[];
  readonly lookedUp: readonly LookedUp[];
}

/**
 * Fetches the index of an origin and verifies it, from the pinned key to the last byte. `known`: what was verified already,
 * and the packages that are of interest. Throws OriginRefusal.
 */
export async function fetchIndex(
  tools: FetchingTools,
  origin: OriginRow,
  known: { readonly names: readonly string[]; readonly indexes: readonly Hash[] },
  now: Instant,
): Promise<FetchedIndex> {
  const bytes = await refusing(origin, () => fetchRelease(tools, origin));
  const { text, signedBy } = await verified(origin, bytes, now);
  const release = readRelease(origin, text);
  const signedHash = sha256(text);
  const late = timelyFault(release, signedHash, origin.seen, now);
  if (late !== null) throw new OriginRefusal(late, `${originName(origin)} serves an index of ${dateText(release)}.`);
  return refusing(origin, async () => {
    const indexes: PackageIndex[] = [];
    const lookedUp: LookedUp[] = [];
    for (const { component, path, optional } of packageIndexes(origin, release)) {
      const index = await fetchPackages(tools, origin, release, path);
      if (index === null && optional) continue;
      if (index === null) throw new IndexFault(`its Release file lists no ${path}`);
      indexes.push({ component, ...index });
      // Archives publish more often than each of their indexes changes.
      if (known.indexes.includes(index.hash)) continue;
      lookedUp.push(await lookUp(tools.store, index, known.names, release.files.get(path)));
    }
    return { release, releaseFile: await tools.store.putBytes(bytes), signedHash, signedBy, indexes, lookedUp };
  });
}

async function fetchRelease({ packageOrigin, signal }: FetchingTools, origin: OriginRow): Promise<Buffer> {
  const url = `${suiteAddress(origin)}/InRelease`;
  return packageOrigin.fetch({ url, bytesMax: RELEASE_BYTES_MAX, signal }, async (body) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks);
  });
}

async function verified(
  origin: OriginRow,
  bytes: Buffer,
  now: Instant,
): Promise<{ readonly text: string; readonly signedBy: readonly string[] }> {
  const keyring = await readCertificates(Buffer.from(origin.keys));
  if (typeof keyring === 'string') throw new OriginRefusal('signature-wrong', 'The pinned keys cannot be read.');
  const pinned = keyring.filter(({ fingerprint }) => origin.fingerprints.includes(fingerprint));
  const result = await verifyClearSigned(bytes.toString('utf8'), pinned, now);
  if (result.ok) return result;
  throw new OriginRefusal('signature-wrong', `${originName(origin)}/InRelease: ${SIGNATURE_FAULTS[result.fault]}.`);
}

const SIGNATURE_FAULTS = {
  'not-clear-signed': 'it is not signed',
  'extra-text': 'something stands outside of what is signed',
  'no-pinned-key': 'none of the pinned keys signed it',
  'key-revoked': 'its key is revoked',
  'key-expired': 'its key is expired or too weak',
  'bad-signature': 'the signature by the pinned key does not hold',
} as const;

function readRelease(origin: OriginRow, text: string): Release {
  try {
    const release = parseRelease(text);
    const names = [release.suite, release.codename].filter((name) => name !== null);
    // One key signs many suites: a genuine index of another one must not stand in for this.
    const same =
      origin.components.length === 0 || names.length === 0 || names.includes(origin.suite.split('/')[0] ?? '');
    if (!same) throw new IndexFault(`it is the index of ${names.join(' / ')}`);
    return release;
  } catch (error) {
    if (!(error instanceof IndexFault)) throw error;
    throw new OriginRefusal('index-unreadable', `${originName(origin)}/InRelease: ${error.message}.`, error);
  }
}

/** The smallest form that the Release file names and this machine reads; null where it names none. */
async function fetchPackages(
  { store, packageOrigin, signal }: FetchingTools,
  origin: OriginRow,
  release: Release,
  path: string,
): Promise<Omit<PackageIndex, 'component'> | null> {
  const forms = (await hasXz()) ? FORMS : FORMS.filter((form) => form !== '.xz');
  const form = forms.find((ending) => release.files.has(path + ending));
  const file = form === undefined ? undefined : release.files.get(path + form);
  if (form === undefined || file === undefined) return null;
  // The reader of Release files lets nothing else through.
  const promised = { hash: file.sha256 as Hash, sizeBytes: file.sizeBytes };
  const index = { path: path + form, ...promised };
  if (file.sizeBytes > INDEX_BYTES_MAX) throw new IndexFault(`${path}${form} has ${file.sizeBytes} bytes`);
  if (await store.has(promised)) return index;
  const fetchFrom = (url: string): Promise<void> =>
    packageOrigin.fetch({ url, bytesMax: file.sizeBytes, signal }, (body) => store.put(body, promised));
  const folder = path.slice(0, -'Packages'.length);
  const byName = `${suiteAddress(origin)}/${path}${form}`;
  if (!release.acquireByHash) await fetchFrom(byName);
  else {
    // By its hash, so that an archive which changes meanwhile does not serve us half of each. // apt acquire-by-hash
    const byHash = `${suiteAddress(origin)}/${folder}by-hash/SHA256/${file.sha256.slice('sha256:'.length)}`;
    await fetchFrom(byHash).catch((error: unknown) => {
      if (error instanceof OriginFault && error.fault === 'not-found') return fetchFrom(byName);
      throw error;
    });
  }
  return index;
}

/** What went wrong on the way, as a reason of the closed list. */
export async function refusing<T>(origin: Pick<OriginRow, 'place' | 'suite'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const name = originName(origin);
    if (error instanceof IndexFault) throw new OriginRefusal('index-unreadable', `${name}: ${error.message}.`, error);
    if (error instanceof OriginFault) throw new OriginRefusal(ORIGIN_FAULTS[error.fault], `${error.message}.`, error);
    if (error instanceof ByteStoreFault)
      throw new OriginRefusal(STORE_FAULTS[error.fault], `${name}: ${error.message}.`, error);
    throw error;
  }
}

const ORIGIN_FAULTS = {
  unreachable: 'origin-unreachable',
  'not-found': 'origin-unreachable',
  // More bytes than were signed are other bytes.
  'too-large': 'hash-mismatch',
} as const;
const STORE_FAULTS = {
  mismatch: 'hash-mismatch',
  full: 'byte-store-full',
  'too-large': 'package-too-large',
  missing: 'origin-unreachable',
} as const;

function dateText({ date, validUntil }: Release): string {
  const end = validUntil === null ? '' : `, valid until ${new Date(validUntil).toISOString()}`;
  return `${new Date(date).toISOString()}${end}`;
}
