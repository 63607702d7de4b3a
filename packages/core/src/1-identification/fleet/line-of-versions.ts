import { type VersionOrder, versionKey } from '../../versions/index.ts';
import type { Claim } from '../claim.ts';
import type { ClaimIndex } from '../claim-index.ts';
import { judge } from '../judge.ts';
import { isFinding, type SourceVersion } from '../judgment.ts';
import { PRODUCT_SCOPE } from '../product-key.ts';
import { hasProductLines } from '../product-line.ts';
import { placesSpeakingOf, speakingClaims } from '../speaking-claims.ts';
import { isSubscriberBuild, subscriberScopeOf } from '../subscription.ts';
import { affectedSpans, type SpanBound } from './affected-spans.ts';

/** Versions of which the same claims speak, rising: one package on one release, of one kind of build. */
export interface LineOfVersions {
  readonly order: VersionOrder;
  readonly versions: readonly SourceVersion[];
  /** Of each its number in the fleet. */
  readonly numbers: Uint32Array;
  /** Texts whose plain order is that of the versions; null where the order has no keys. */
  readonly keys: readonly string[] | null;
}

/** From which of a line's versions up to which one a vulnerability affects them. */
export interface AffectedRun {
  readonly vulnerability: string;
  readonly from: number;
  readonly to: number;
}

/** One text for all versions of one line. */
export function lineNameOf(version: SourceVersion): string {
  return JSON.stringify([placesSpeakingOf(version), version.build ?? null, isSubscriberBuild(version)]);
}

export function lineOf(
  versions: readonly { readonly number: number; readonly version: SourceVersion }[],
  order: VersionOrder,
): LineOfVersions {
  const keyed = versions.map((one) => ({ ...one, key: keyTextOf(order, one.version.sourceVersion) }));
  const rising = keyed.sort((a, b) =>
    a.key === null || b.key === null
      ? order.compare(a.version.sourceVersion, b.version.sourceVersion)
      : compareTexts(a.key, b.key),
  );
  const keys = rising.flatMap(({ key }) => (key === null ? [] : [key]));
  return {
    order,
    versions: rising.map(({ version }) => version),
    numbers: Uint32Array.from(rising, ({ number }) => number),
    keys: keys.length === rising.length ? keys : null,
  };
}

/** Of which vulnerabilities something is asked. */
type About = (vulnerability: string) => boolean;

/** What claims mean for a line, ready to be laid against its versions; compiled once for all versions there may be. */
export type Compiled =
  | { readonly kind: 'spans'; readonly spans: readonly CompiledSpan[] }
  /** Lines of builds and branches of products are told apart by more than the order: each version is judged by itself. */
  | { readonly kind: 'one-by-one'; readonly claims: Pick<ClaimIndex, 'of'> };

interface CompiledSpan {
  readonly vulnerability: string;
  readonly from: CompiledBound | null;
  readonly to: CompiledBound | null;
}

interface CompiledBound extends SpanBound {
  readonly key: string | null;
}

/** `about`: of which vulnerabilities alone; where a line is judged one by one, of all. */
export function compileClaims(line: LineOfVersions, claims: Pick<ClaimIndex, 'of'>, about: About = isAny): Compiled {
  const [version] = line.versions;
  if (version === undefined) return { kind: 'spans', spans: [] };
  const speaking = speakingClaims({ version, order: line.order }, claims);
  const isMended = version.scope === PRODUCT_SCOPE && hasProductLines(version.source);
  if (isMended || isToldApart(version, line.order, speaking) || isForSubscribers(version, claims)) {
    return { kind: 'one-by-one', claims };
  }
  const compiled = (bound: SpanBound | null) =>
    bound === null ? null : { ...bound, key: keyTextOf(line.order, bound.version) };
  const asked = speaking.filter(({ vulnerability }) => about(vulnerability));
  const spans = affectedSpans(version, asked, line.order).map(({ vulnerability, from, to }) => ({
    vulnerability,
    from: compiled(from),
    to: compiled(to),
  }));
  return { kind: 'spans', spans };
}

/** Of an rpm with several fixes, or with claims of minor releases, it matters for which of them a version was built. */
function isToldApart(version: SourceVersion, { isSameLine }: VersionOrder, claims: readonly Claim[]): boolean {
  if (isSameLine === undefined) return false;
  if (placesSpeakingOf(version).some(({ scope }) => scope !== version.scope)) return true;
  return new Set(claims.map(({ vulnerability }) => vulnerability)).size < claims.length;
}

/** Whether what is said to subscribers speaks of a version that is none of theirs hangs on that version. */
function isForSubscribers(version: SourceVersion, claims: Pick<ClaimIndex, 'of'>): boolean {
  const scope = subscriberScopeOf(version.scope);
  if (scope === null || isSubscriberBuild(version)) return false;
  return claims.of(scope, version.source).length > 0;
}

/** What is compiled, with what claims say now of some vulnerabilities. */
export function compiledAgain(
  line: LineOfVersions,
  before: Compiled,
  claims: Pick<ClaimIndex, 'of'>,
  about: About,
): Compiled {
  const now = compileClaims(line, claims, about);
  if (now.kind === 'one-by-one') return now;
  if (before.kind === 'one-by-one') return compileClaims(line, claims);
  const others = before.spans.filter(({ vulnerability }) => !about(vulnerability));
  return { kind: 'spans', spans: [...others, ...now.spans] };
}

function isAny(): boolean {
  return true;
}

/** The affected versions of a line: by halving for each span, and not by a comparison for each version. */
export function affectedRuns(line: LineOfVersions, compiled: Compiled, about: About = isAny) {
  if (compiled.kind === 'one-by-one') return runsOneByOne(line, compiled.claims, about);
  const runs: AffectedRun[] = [];
  for (const { vulnerability, from, to } of compiled.spans) {
    if (!about(vulnerability)) continue;
    const first = from === null ? 0 : placeOf(line, from);
    const end = to === null ? line.versions.length : placeOf(line, to);
    if (first < end) runs.push({ vulnerability, from: first, to: end });
  }
  return runs;
}

function runsOneByOne(
  { versions, order }: LineOfVersions,
  claims: Pick<ClaimIndex, 'of'>,
  about: About,
): AffectedRun[] {
  return versions.flatMap((version, at) => {
    const speaking = speakingClaims({ version, order }, claims).filter(({ vulnerability }) => about(vulnerability));
    const found = judge(version, speaking, order).filter(isFinding);
    return found.map(({ vulnerability }) => ({ vulnerability, from: at, to: at + 1 }));
  });
}

/** How many versions of the line lie before a bound. */
function placeOf({ keys, versions, order }: LineOfVersions, bound: CompiledBound): number {
  let from = 0;
  let to = versions.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const unlike =
      keys === null || bound.key === null
        ? order.compare(versions[middle]?.sourceVersion ?? '', bound.version)
        : compareTexts(keys[middle] ?? '', bound.key);
    if (unlike < 0 || (unlike === 0 && bound.isAfter)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A key as a text of as many characters as it has bytes: engines compare these as memory. */
function keyTextOf(order: VersionOrder, version: string): string | null {
  const key = versionKey(order, version);
  return key === null ? null : String.fromCharCode(...key);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
