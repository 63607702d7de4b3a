import {
  type BelievedSeverity,
  type SaidSeverity,
  type SsvcPoint,
  type VulnerabilityFacts,
  withSaid,
} from '@patchsteward/core/2-evaluation';
import type { Instant } from '@patchsteward/core/vocabulary';
import { familyOf } from '@patchsteward/feeds';
import { canonicalJson } from '@patchsteward/trust';
import { sourceBody } from './advisory-sources.ts';
import type { FindingKnowledge } from './evidence.ts';
import type { KnowledgeRow, SetFindingRow } from './evidence-store.ts';

/** The facts of a finding, as evaluation takes them. */
export function knowledgeOf(row: SetFindingRow): FindingKnowledge {
  return {
    facts: {
      subject: row.vulnerability,
      source: row.source,
      security: true,
      fixed: row.fixed,
      advisoryAt: row.released_at,
      advisoryPrecision: row.released_precision ?? 'time',
      indexAt: row.index_date,
      advisorySeen: row.advisory_seen,
      declaredEmergencyAt: null,
      intelligence: intelligenceOf(row),
    },
    known: knownOf(row),
    advisoryUrl: row.advisory_url,
    advisorySource: sourceBody(row),
  };
}

/** What sources say of a vulnerability, and what Security says. */
export interface Known {
  readonly sourced: VulnerabilityFacts;
  readonly said: SaidSeverity | null;
  /** What sources say by now, where that is less; null: they say what counts. */
  readonly held: HeldWord | null;
}

export function knownOf(row: ScopedKnowledge): Known {
  return { sourced: sourcedOf(row), said: saidOf(row), held: heldOn(row) };
}

/** What evaluation goes by: the word of Security stands before that of sources. */
export function intelligenceOf(row: ScopedKnowledge): VulnerabilityFacts {
  return withSaid(sourcedOf(row), saidOf(row));
}

function saidOf({ said_severity, said_by, said_why, said_at }: KnowledgeRow): SaidSeverity | null {
  if (said_severity === null || said_by === null || said_why === null || said_at === null) return null;
  return { severity: said_severity, by: said_by, why: said_why, at: said_at };
}

/** What is known of a vulnerability; with the scope of a claim, on its distribution. */
type ScopedKnowledge = KnowledgeRow & { readonly scope?: string };

function sourcedOf(row: ScopedKnowledge): VulnerabilityFacts {
  const { score, percentile, model, score_date: date } = row;
  return {
    ...urgentPart(row),
    epss:
      score === null || percentile === null || model === null || date === null
        ? null
        : { score, percentile, model, date: startOf(date) },
    ...(heldOn(row) === null ? {} : { held: true as const }),
  };
}

function urgentPart(row: ScopedKnowledge) {
  const { exploited_added: added, exploited_due: due, ransomware } = row;
  const { severity, from, cvss } = believedOn(row) ?? { severity: 'unknown', from: null, cvss: null };
  return {
    ...{ severity, severityFrom: from, cvss },
    ssvc: row.ssvc === null ? null : ssvcOf(row.ssvc),
    knownExploited:
      added === null
        ? null
        : { added: startOf(added), due: due === null ? null : startOf(due), ransomware: ransomware === true },
  };
}

/** The row as it is read once somebody agreed to what sources say. */
export function followed<Row extends KnowledgeRow>(row: Row): Row {
  const { held_rating: rating, held_listing: listing } = row;
  return {
    ...row,
    ...(rating === null ? {} : { believed: rating.believed, ssvc: rating.ssvc }),
    ...(listing === null
      ? {}
      : { exploited_added: listing.listed?.added ?? null, exploited_due: listing.listed?.due ?? null }),
    ...{ held_rating: null, held_listing: null, held_since: null },
  };
}

/** What sources say of it by now. */
export interface HeldWord extends ReturnType<typeof urgentPart> {
  readonly since: Instant;
}

/** null: where the claim speaks, nothing that sources say is less than what counts. */
function heldOn(row: ScopedKnowledge): HeldWord | null {
  if (row.held_since === null) return null;
  const says = urgentPart(followed(row));
  return canonicalJson(says) === canonicalJson(urgentPart(row)) ? null : { ...says, since: row.held_since };
}

/** What counts where the claim speaks: the vendor's word on its own distribution, and elsewhere that of everybody. */
export function believedOn({ believed, scope }: Pick<ScopedKnowledge, 'believed' | 'scope'>): BelievedSeverity | null {
  if (believed === null) return null;
  return (scope === undefined ? undefined : believed[familyOf(scope)]) ?? believed[''] ?? null;
}

function ssvcOf({ exploitation, automatable, technicalImpact }: SsvcPoint): VulnerabilityFacts['ssvc'] {
  return { exploitation, automatable, technicalImpact };
}

/** A day without a time is its beginning in UTC. */
function startOf(day: string): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}
