import type { VersionOrder } from '../versions/index.ts';
import { type Reason, type ReasonCode, reasonOf } from '../vocabulary/index.ts';
import type { Claim } from './claim.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { Component } from './component.ts';
import { packageTypeOf } from './distribution.ts';
import { byPlace, type Finding, findingOf } from './finding.ts';
import { judge } from './judge.ts';
import { contestingClaims, isFinding, type Judgment, type SourceVersion } from './judgment.ts';
import { orderOfPackages } from './order-of-packages.ts';
import { isModularBuild, modularKey, packageKey } from './package-key.ts';
import { sourceVersionOf } from './signed-source.ts';

/** What one vulnerability means for one component: a finding, or why it is none. */
export interface Match extends Finding {
  /** The purl type of the component. */
  readonly type: string;
  readonly scope: string;
}

/** A component that nothing can be said of, and why. */
export interface UnjudgedComponent {
  readonly component: Component;
  readonly reason: Reason;
}

export interface Matching {
  readonly findings: readonly Match[];
  /** Fixed by one claim and named again by a later one with a higher version: shown beside findings, not counted. */
  readonly contested: readonly Match[];
  /** Everything else that claims say of what is installed: fixed, not affected, under investigation. */
  readonly cleared: readonly Match[];
  readonly unjudged: readonly UnjudgedComponent[];
  /** Components that were judged, whatever came of it. */
  readonly judged: number;
  /** The scopes in which they were judged, sorted. */
  readonly scopes: readonly string[];
}

/** Judges a list of components of any ecosystems by claims in memory; what a list names twice is judged once. // SOP P1.2 */
export function matchComponents(components: readonly Component[], claims: ClaimIndex): Matching {
  const covered = new Set(claims.feeds.flatMap(({ scopes }) => [...scopes]));
  const matches: Match[] = [];
  const unjudged: UnjudgedComponent[] = [];
  const scopes = new Set<string>();
  const judgments = new Map<string, readonly Judgment[]>();
  let judged = 0;
  for (const component of distinctComponents(components)) {
    const subject = subjectOf(component, covered);
    if ('code' in subject) {
      unjudged.push({ component, reason: subject });
      continue;
    }
    judged += 1;
    scopes.add(subject.version.scope);
    const key = `${subject.version.scope} ${subject.version.source} ${subject.version.sourceVersion}`;
    const known = judgments.get(key) ?? judge(subject.version, claimsOn(subject.version, claims), subject.order);
    judgments.set(key, known);
    for (const judgment of known) matches.push(matchOf(component, subject.version, judgment));
  }
  matches.sort(byPlace);
  const findings = matches.filter(({ judgment }) => isFinding(judgment));
  const contested = matches.filter(({ judgment }) => isContested(judgment));
  const cleared = matches.filter(({ judgment }) => isCleared(judgment));
  return { findings, contested, cleared, unjudged, judged, scopes: [...scopes].sort() };
}

function isContested(judgment: Judgment): boolean {
  return !isFinding(judgment) && contestingClaims(judgment).length > 0;
}

function matchOf(component: Component, source: SourceVersion, judgment: Judgment): Match {
  const { name, type } = component;
  const version = component.version ?? '';
  const installed = {
    name,
    version,
    architecture: component.architecture ?? '',
    hold: false,
    state: 'installed',
  } as const;
  const finding = findingOf(installed, source, judgment);
  return { ...finding, type, scope: source.scope, reasons: isCleared(judgment) ? [] : finding.reasons };
}

function isCleared(judgment: Judgment): boolean {
  return !isFinding(judgment) && !isContested(judgment);
}

interface Subject {
  readonly order: VersionOrder;
  readonly version: SourceVersion;
}

function subjectOf(component: Component, covered: ReadonlySet<string>): Subject | Reason {
  const { type, name, version, owner } = component;
  const refused = (code: ReasonCode, subject = version === null ? name : `${name} ${version}`) =>
    reasonOf(code, subject);
  if (version === null) return refused('version-missing');
  if (owner !== null) return refused('owned-by-system-package');

  const scope = component.release ?? type;
  const order = orderOfPackages(type);
  if (order === null) return refused('ecosystem-unknown', type);
  if (isOfDistribution(type) && packageTypeOf(scope) !== type) return refused('release-unknown');
  if (!covered.has(scope)) return refused('release-not-covered', scope);
  if (type === 'rpm' && component.module === null && isModularBuild(version)) return refused('module-unknown');

  const subject = versionOf(component, version, scope);
  return order.isValid(subject.sourceVersion) ? { order, version: subject } : refused('version-impossible');
}

function isOfDistribution(type: string): boolean {
  return type === 'deb' || type === 'rpm' || type === 'apk';
}

/** Advisories speak of the source of a deb, the origin of an apk, the binary and module of an rpm. */
function versionOf(component: Component, version: string, scope: string): SourceVersion {
  const { type, name, module, source } = component;
  if (type === 'rpm') return { scope, source: modularKey(module, name), sourceVersion: version };
  if (type === 'deb' || type === 'apk') {
    return sourceVersionOf({ source: source?.name ?? name, sourceVersion: source?.version ?? version }, scope);
  }
  // Go writes `v1.2.3` for modules and `go1.2.3` for itself; its advisories write neither.
  const sourceVersion = type === 'golang' ? version.replace(/^(?:v|go)(?=\d)/, '') : version;
  return { scope, source: packageKey(type, name), sourceVersion };
}

/**
 * A build of Ubuntu Pro (`+esm`) says that its host is attached: then the claims for Pro stand before those of the
 * plain release, which would call a package "not fixed" that Pro has fixed long ago.
 */
function claimsOn({ scope, source, sourceVersion }: SourceVersion, claims: ClaimIndex): readonly Claim[] {
  const plain = claims.of(scope.replace(/^ubuntu-pro:/, 'ubuntu:'), source);
  const attached = scope.startsWith('ubuntu-pro:') || (scope.startsWith('ubuntu:') && /[+~]esm\d/.test(sourceVersion));
  if (!attached) return plain;
  const pro = claims.of(scope.replace(/^ubuntu:/, 'ubuntu-pro:'), source);
  const named = new Set(pro.map(({ vulnerability }) => vulnerability));
  return [...pro, ...plain.filter(({ vulnerability }) => !named.has(vulnerability))];
}

function distinctComponents(components: readonly Component[]): Component[] {
  const distinct = new Map<string, Component>();
  for (const component of components) {
    const key = JSON.stringify(component);
    if (!distinct.has(key)) distinct.set(key, component);
  }
  return [...distinct.values()];
}
