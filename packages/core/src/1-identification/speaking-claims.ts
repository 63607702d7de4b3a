import type { Claim } from './claim.ts';
import type { ClaimIndex } from './claim-index.ts';
import { mainScopeOf } from './distribution.ts';
import type { JudgedAs } from './judged-as.ts';
import type { SourceVersion } from './judgment.ts';
import { minorReleaseOf } from './package-key.ts';
import { inclusionOf, reachedFix } from './version-range.ts';

/** Lines in which Red Hat goes on mending one minor release; their builds are the same. */
const MINOR_LINES = ['rhel-eus', 'rhel-aus', 'rhel-tus', 'rhel-e4s'] as const;

type Claims = Pick<ClaimIndex, 'of'>;

/** The claims that speak of a version: of its release and channel, its binary or source, its architecture. */
export function speakingClaims(judged: JudgedAs, claims: Claims): readonly Claim[] {
  const { version } = judged;
  const main = mainScopeOf(version.scope);
  const plain = claimsOf({ ...version, scope: main }, claims);
  const own = main === version.scope ? impliedChannel(judged, claims) : claimsOf(version, claims);
  if (own.length === 0) return plain;
  // What the channel says of a vulnerability stands alone: the plain release would call "not fixed" what it has fixed.
  const named = new Set(own.map(({ vulnerability }) => vulnerability));
  return [...own, ...plain.filter(({ vulnerability }) => !named.has(vulnerability))];
}

/** Where claims may stand that speak of a version: what is to be read before `speakingClaims` is asked. */
export function placesSpeakingOf(version: SourceVersion): readonly { readonly scope: string; readonly name: string }[] {
  const names = [...new Set([version.source, version.build?.source ?? version.source])];
  const scopes = new Set([version.scope, mainScopeOf(version.scope), ...impliedScopes(version)]);
  return [...scopes].flatMap((scope) => names.map((name) => ({ scope, name })));
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

function impliedScopes({ scope, sourceVersion }: SourceVersion): readonly string[] {
  const [distribution, release] = scope.split(':');
  if (distribution === 'ubuntu') return /[+~]esm\d/.test(sourceVersion) ? [`ubuntu-pro:${release}`] : [];
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
