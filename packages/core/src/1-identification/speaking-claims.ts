import type { Claim } from './claim.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { Component } from './component.ts';
import { packageTypeOf } from './distribution.ts';
import type { JudgedAs } from './judged-as.ts';
import type { SourceVersion } from './judgment.ts';
import { minorReleaseOf, modularKey } from './package-key.ts';
import { inclusionOf, reachedFix } from './version-range.ts';

/** Lines in which Red Hat goes on mending one minor release; their builds are the same. */
const MINOR_LINES = ['rhel-eus', 'rhel-aus', 'rhel-tus', 'rhel-e4s'] as const;

/** The release of which a channel is a part, and whose claims stand behind its own: `ubuntu:22.04` of `ubuntu-pro:22.04`. */
export function mainScopeOf(scope: string): string {
  if (scope.startsWith('ubuntu-pro:')) return scope.replace('ubuntu-pro:', 'ubuntu:');
  return scope.replace(/^rhel-(?:eus|aus|tus|e4s|els):(\d+).*$/, 'rhel:$1');
}

/** The claims that speak of a component: of its release and channel, its binary or source, its architecture. */
export function speakingClaims(component: Component, judged: JudgedAs, claims: ClaimIndex): readonly Claim[] {
  const { version } = judged;
  const main = mainScopeOf(version.scope);
  const plain = claimsOf(component, { ...version, scope: main }, claims);
  const own = main === version.scope ? impliedChannel(component, judged, claims) : claimsOf(component, version, claims);
  if (own.length === 0) return plain;
  // What the channel says of a vulnerability stands alone: the plain release would call "not fixed" what it has fixed.
  const named = new Set(own.map(({ vulnerability }) => vulnerability));
  return [...own, ...plain.filter(({ vulnerability }) => !named.has(vulnerability))];
}

/**
 * The claims of a channel that the version itself is a build of. A build of Ubuntu Pro (`+esm1`) says that its host is
 * attached. A build for a minor release (`.el9_4`) says which fixes of that line it has, not that its host gets more.
 */
function impliedChannel(component: Component, { version, order }: JudgedAs, claims: ClaimIndex): readonly Claim[] {
  const [distribution, release] = version.scope.split(':');
  if (distribution === 'ubuntu' && /[+~]esm\d/.test(version.sourceVersion)) {
    return claimsOf(component, { ...version, scope: `ubuntu-pro:${release}` }, claims);
  }
  const minor = distribution === 'rhel' ? minorReleaseOf(version.sourceVersion) : null;
  if (minor === null) return [];
  return MINOR_LINES.flatMap((line) =>
    claimsOf(component, { ...version, scope: `${line}:${release}.${minor}` }, claims),
  ).filter(
    (claim) =>
      inclusionOf(claim, version.sourceVersion, order).kind === 'outside' &&
      reachedFix(claim, version.sourceVersion, order) !== null,
  );
}

function claimsOf(component: Component, version: SourceVersion, claims: ClaimIndex): readonly Claim[] {
  if (packageTypeOf(version.scope) !== 'rpm') return claims.of(version.scope, version.source);
  const { architecture } = component;
  return claimsOfRpm(component, version, claims).filter(
    ({ architectures }) => architectures === undefined || architecture === null || architectures.includes(architecture),
  );
}

/** Of an rpm some vendors name the binary, and some, or for what is not fixed yet, its source. */
function claimsOfRpm(component: Component, { scope, source: binary }: SourceVersion, claims: ClaimIndex) {
  const source = modularKey(component.module, component.source?.name ?? component.name);
  const ofBinary = claims.of(scope, binary).filter(({ packageKind }) => packageKind === 'binary');
  const ofSource = claims.of(scope, source).filter(({ packageKind }) => packageKind === 'source');
  if (hasVersionOfSource(component)) return [...ofBinary, ...ofSource];
  // A binary with a version line of its own is measured by no version of its source.
  return [...ofBinary, ...ofSource.filter(({ ranges, versions }) => ranges.length + versions.length === 0)];
}

/** rpm names the source without an epoch, so that only version and release can be compared. */
function hasVersionOfSource({ version, source }: Component): boolean {
  if (source === null || version === null) return true;
  return source.version.replace(/^\d+:/, '') === version.replace(/^\d+:/, '');
}
