import type { Reason } from '../vocabulary/index.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { Component } from './component.ts';
import { byPlace, type Finding, findingOf } from './finding.ts';
import { judge } from './judge.ts';
import { judgedAs } from './judged-as.ts';
import { contestingClaims, identityOf, isFinding, isUndecided, type Judgment, type SourceVersion } from './judgment.ts';
import { speakingClaims } from './speaking-claims.ts';

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
  /** Of which nobody says yet whether it is affected: no finding, and not clean either. */
  readonly undecided: readonly Match[];
  /** Everything else that claims say of what is installed: fixed, not affected. */
  readonly cleared: readonly Match[];
  readonly unjudged: readonly UnjudgedComponent[];
  /** Components that were judged, whatever came of it. */
  readonly judged: number;
  /** The scopes in which they were judged, sorted. */
  readonly scopes: readonly string[];
}

/** Judges a list of components of any ecosystems by claims in memory; what a list names twice is judged once. // SOP P1.2 */
export function matchComponents(components: readonly Component[], claims: ClaimIndex): Matching {
  const matches: Match[] = [];
  const unjudged: UnjudgedComponent[] = [];
  const scopes = new Set<string>();
  const judgments = new Map<string, readonly Judgment[]>();
  let judged = 0;
  for (const component of distinctComponents(components)) {
    const subject = judgedAs(component, claims.speaksOf);
    if ('code' in subject) {
      unjudged.push({ component, reason: subject });
      continue;
    }
    judged += 1;
    scopes.add(subject.version.scope);
    const key = identityOf(subject.version);
    const known = judgments.get(key) ?? judge(subject.version, speakingClaims(subject, claims), subject.order);
    judgments.set(key, known);
    for (const judgment of known) matches.push(matchOf(component, subject.version, judgment));
  }
  matches.sort(byPlace);
  const findings = matches.filter(({ judgment }) => isFinding(judgment));
  const contested = matches.filter(({ judgment }) => isContested(judgment));
  const undecided = matches.filter(({ judgment }) => isUndecided(judgment));
  const cleared = matches.filter(({ judgment }) => isCleared(judgment));
  return { findings, contested, undecided, cleared, unjudged, judged, scopes: [...scopes].sort() };
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
  return {
    ...finding,
    type,
    scope: source.scope,
    reasons: isFinding(judgment) || isContested(judgment) ? finding.reasons : [],
  };
}

function isCleared(judgment: Judgment): boolean {
  return !isFinding(judgment) && !isContested(judgment) && !isUndecided(judgment);
}

function distinctComponents(components: readonly Component[]): Component[] {
  const distinct = new Map<string, Component>();
  for (const component of components) {
    const key = JSON.stringify(component);
    if (!distinct.has(key)) distinct.set(key, component);
  }
  return [...distinct.values()];
}
