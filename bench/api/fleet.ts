import { VERSION_ORDERS } from '@patchsteward/core/versions';
import { type RawBuilder, sql } from 'kysely';

/** How large a fleet is filled in. Assets share package sets, as hosts that are installed from one image do. */
export interface Fleet {
  readonly assets: number;
  /** Of a vulnerability on an asset; what the assets have in all. The filled database is held against it. */
  readonly findings: number;
  readonly packageSets: number;
  readonly sources: number;
}

/** The fleet that the promise of the lists is about: 20,000 assets with 400,000 findings. */
export const LARGE_FLEET: Fleet = { assets: 20_000, findings: 400_000, packageSets: 2_000, sources: 3_000 };
/** The fleet that the promise of the answers on exposure is about. */
export const HUGE_FLEET: Fleet = { ...LARGE_FLEET, assets: 100_000, findings: 2_000_000 };

/** Source packages that every host has. */
export const COMMON = [
  ...['openssl', 'linux', 'glibc', 'systemd', 'curl', 'bash', 'sudo', 'openssh', 'zlib', 'gnupg2'],
  ...['util-linux', 'perl', 'python3.11', 'krb5', 'expat', 'libxml2', 'sqlite3', 'xz-utils', 'dpkg', 'apt'],
] as const;
/** Source packages on a host; a small server has some three hundred. */
export const SOURCES_OF_SET = 300;
/** Of those that every host has, so many are old on a host: the first everywhere, the others here and there. */
export const COMMON_OLD_OF_SET = 4;
/** Of those that only some hosts have. */
export const RARE_OLD_OF_SET = 6;
export const VULNERABILITIES_OF_SOURCE = 2;
/** Versions of one source package that hosts have at the same time; those below the fix are old. */
export const VERSIONS_OF_SOURCE = 40;
export const FIXED_IN = 9;
/** What hosts are offered beside the fixes of what is old. */
export const PLAIN_OFFERS_OF_SET = 10;

export const FEED = 'debian-osv';
export const VENDOR_INDEX = 'security.debian.org stable-security main';
export const OFFERED = versionOf(VERSIONS_OF_SOURCE + 1);
export const FIXED = versionOf(FIXED_IN);

export const RELEASES = [
  { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
  { id: 'debian', versionId: '11', codename: 'bullseye', prettyName: 'Debian GNU/Linux 11 (bullseye)' },
] as const;

export function versionOf(number: number): string {
  return `1.${number}-1`;
}

/** The key of a version as the server stores it. */
export function versionKey(version: string): string {
  return Buffer.from(VERSION_ORDERS.deb.key(version)).toString('hex');
}

/** The same number for the same words on every PostgreSQL, without any pattern between neighbors. */
export function dice(words: RawBuilder<unknown>, sides: number): RawBuilder<number> {
  return sql<number>`(('x' || substr(md5(${words}), 1, 7))::bit(28)::integer % ${sql.lit(sides)})`;
}

/** The address under which a section of the inventory is kept. */
export function sectionHash(words: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`'sha256:' || encode(sha256((${words})::bytea), 'hex')`;
}

/** `CVE-2026-00001`: from the number of a source package, and which of its vulnerabilities. */
export function vulnerabilityOf(number: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`'CVE-2026-' || lpad((${number})::text, 5, '0')`;
}
