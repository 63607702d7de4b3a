import type { Instant } from '../vocabulary/index.ts';
import type { PlatformSupport, SupportWord } from './platform-support.ts';

/** What a vendor says of the support of a source package inside a release that it supports. */
export interface ListedSupport {
  /** `chromium`, or what the names of several begin with. */
  readonly source: string;
  readonly isBeginning: boolean;
  /** The last version that had support; null: none, or it is limited for all. */
  readonly lastVersion: string | null;
  /** The first moment without; null: its support is limited. */
  readonly ends: Instant | null;
  readonly details: string | null;
}

/** A package whose vendor supports it in part, or not for long any more, or no more. */
export interface UnsupportedPackage {
  readonly package: string;
  readonly version: string;
  readonly state: Exclude<SupportWord, 'supported' | 'unknown'> | 'limited';
  /** When fixes for everybody end, or ended; null: they are limited. */
  readonly until: Instant | null;
  readonly extendedUntil: Instant | null;
  /** One sentence. */
  readonly why: string;
}

/** What is said of a source; the first line that names it counts. // debian-security-support */
export function supportListed(source: string, listed: readonly ListedSupport[]): ListedSupport | null {
  return listed.find((one) => (one.isBeginning ? source.startsWith(one.source) : source === one.source)) ?? null;
}

/** null: its support ends later than people are warned. */
export function unsupportedSource(
  { source, version }: { readonly source: string; readonly version: string },
  { ends, lastVersion, details }: ListedSupport,
  { warnMs, now }: { readonly warnMs: number; readonly now: Instant },
): UnsupportedPackage | null {
  const told = details === null ? '' : `: ${details}`;
  const common = { package: source, version, until: ends, extendedUntil: null };
  if (ends === null) return { ...common, state: 'limited', why: `Its vendor supports ${source} in part${told}` };
  if (now < ends - warnMs) return null;
  const last = lastVersion === null ? '' : `, the last supported version is ${lastVersion}`;
  const verb = now < ends ? 'ends' : 'ended';
  const why = `The support of ${source} ${verb} before that of its release${last}${told}`;
  return { ...common, state: now < ends ? 'ending' : 'ended', why };
}

/** Of a package of a registry that is a release of a product; null: it is supported, or nobody says. */
export function unsupportedComponent(
  { name, version }: { readonly name: string; readonly version: string },
  { title, cycle }: { readonly title: string; readonly cycle: string },
  support: PlatformSupport | null,
): UnsupportedPackage | null {
  if (support === null || support.state === 'supported') return null;
  const { state, until, extendedUntil } = support;
  const verb = state === 'ended' ? 'ended' : 'ends';
  const why = `The support of ${title} ${cycle} by whoever makes it ${verb} for everybody`;
  const word = extendedUntil !== null && state === 'ended' ? 'extended' : state;
  return { package: name, version, state: word, until, extendedUntil, why };
}
