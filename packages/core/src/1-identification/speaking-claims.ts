import type { Claim } from './claim.ts';
import type { ClaimIndex } from './claim-index.ts';
import { mainScopeOf } from './distribution.ts';
import type { JudgedAs } from './judged-as.ts';
import { isFinding, type SourceVersion } from './judgment.ts';
import { minorReleaseOf } from './package-key.ts';
import { isSubscriberBuild, subscriberScopeOf } from './subscription.ts';
import { inclusionOf, reachedFix } from './version-range.ts';

/** Lines in which Red Hat goes on mending one minor release; their builds are the same. */
const MINOR_LINES = ['rhel-eus', 'rhel-aus', 'rhel-tus', 'rhel-e4s'] as const;

type Claims = Pick<ClaimIndex, 'of'>;

/** The claims that speak of a version: of its release and channel, its binary or source, its architecture. */
export function speakingClaims(judged: JudgedAs, claims: Claims): readonly Claim[] {
  const { version } = judged;
  const main = mainScopeOf(version.scope);
  const plain = claimsOf({ ...version, scope: main }, claims);
  const own = main === version.scope ? ownClaims(judged, plain, claims) : claimsOf(version, claims);
  if (own.length === 0) return plain;
  // What the channel says of a vulnerability stands alone: the plain release would call "not fixed" what it has fixed.
  const named = new Set(own.map(({ vulnerability }) => vulnerability));
  return [...own, ...plain.filter(({ vulnerability }) => !named.has(vulnerability))];
}

/** Where claims may stand that speak of a version: what is to be read before `speakingClaims` is asked. */
export function placesSpeakingOf(version: SourceVersion): readonly { readonly scope: string; readonly name: string }[] {
  const names = [...new Set([version.source, version.build?.source ?? version.source])];
  const forSubscribers = subscriberScopeOf(version.scope);
  const channels = [...(forSubscribers === null ? [] : [forSubscribers]), ...impliedScopes(version)];
  const scopes = new Set([version.scope, mainScopeOf(version.scope), ...channels]);
  return [...scopes].flatMap((scope) => names.map((name) => ({ scope, name })));
}

/** Claims of channels that stand over those of the plain release. */
function ownClaims(judged: JudgedAs, plain: readonly Claim[], claims: Claims): readonly Claim[] {
  const implied = impliedScopes(judged.version).length > 0;
  return implied ? impliedChannel(judged, claims) : claimsForSubscribers(judged, plain, claims);
}

/**
 * What is said to subscribers alone, of a version whose host does not show that it is one: it is affected like theirs,
 * and their fix is the one there is. What comes to everybody goes first: where the plain release has a fix, or says
 * that it is not affected, theirs is not needed.
 */
function claimsForSubscribers({ version, order }: JudgedAs, plain: readonly Claim[], claims: Claims): Claim[] {
  const scope = subscriberScopeOf(version.scope);
  if (scope === null) return [];
  const stands = (claim: Claim) => claim.withdrawn === null;
  const told = claimsOf({ ...version, scope }, claims).filter(stands);
  if (told.length === 0) return [];
  const ofRelease = Map.groupBy(plain.filter(stands), ({ vulnerability }) => vulnerability);
  return [...Map.groupBy(told, ({ vulnerability }) => vulnerability)].flatMap(([vulnerability, own]) => {
    const said = ofRelease.get(vulnerability);
    if (said === undefined) return own;
    const holds = own.some((claim) => inclusionOf(claim, version.sourceVersion, order).kind !== 'outside');
    return holds && said.every(isLeftOpen) ? own : [];
  });
}

/** Affected, and nothing to install. */
function isLeftOpen(claim: Claim): boolean {
  return isFinding(claim) && claim.ranges.every(({ fixed }) => fixed === null);
}

/**
 * The claims of a channel that the version itself is a build of. A build of Ubuntu Pro (`+esm1`) says that its host is
 * attached. A build for a minor release (`.el9_4`) says which fixes of that line it has, not that its host gets more.
 */
function impliedChannel({ version, order }: JudgedAs, claims: Claims): readonly Claim[] {
  const own = impliedScopes(version).flatMap((scope) => claimsOf({ ...version, scope }, claims));
  if (version.build === undefined) return own;
  return own.filter(
    (claim) =>
      inclusionOf(claim, version.sourceVersion, order).kind === 'outside' &&
      reachedFix(claim, version.sourceVersion, order) !== null,
  );
}

function impliedScopes(version: SourceVersion): readonly string[] {
  const { scope, sourceVersion } = version;
  const forSubscribers = subscriberScopeOf(scope);
  if (forSubscribers !== null) return isSubscriberBuild(version) ? [forSubscribers] : [];
  const [distribution, release] = scope.split(':');
  const minor = distribution === 'rhel' ? minorReleaseOf(sourceVersion) : null;
  return minor === null ? [] : MINOR_LINES.map((line) => `${line}:${release}.${minor}`);
}

function claimsOf({ scope, source, build }: SourceVersion, claims: Claims): readonly Claim[] {
  if (build === undefined) return claims.of(scope, source);
  const { architecture } = build;
  // Of an rpm some vendors name the binary, and some, or for what is not fixed yet, its source.
  const ofBinary = claims.of(scope, source).filter(({ packageKind }) => packageKind === 'binary');
  const ofSource = claims.of(scope, build.source).filter(({ packageKind }) => packageKind === 'source');
  // A binary with a version line of its own is measured by no version of its source.
  const measuring = build.hasVersionOfSource
    ? ofSource
    : ofSource.filter(({ ranges, versions }) => ranges.length + versions.length === 0);
  return [...ofBinary, ...measuring].filter(
    ({ architectures }) => architectures === undefined || architecture === null || architectures.includes(architecture),
  );
}
