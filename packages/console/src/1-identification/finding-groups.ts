import type { FindingBody } from '@patchsteward/contract';

type Severity = FindingBody['intelligence']['severity'];

/** The findings of one source package: one line, because one update of that source answers all of them. */
export interface FindingGroup {
  readonly source: string;
  /** Source versions installed; several where old kernels stay installed. */
  readonly installed: readonly string[];
  readonly binaries: readonly string[];
  /** Versions that fix any of them, as the advisories name them. */
  readonly fixed: readonly string[];
  /** Versions that a configured origin offers with a fix. */
  readonly offered: readonly string[];
  readonly withoutFix: number;
  readonly vulnerabilities: number;
  readonly knownExploited: number;
  /** How many are of each severity; the kinds that are there. */
  readonly severities: ReadonlyMap<Severity, number>;
  /** In the order the server gave: the most urgent first. */
  readonly findings: readonly FindingBody[];
}

/** Groups stand in the order of their most urgent finding, which is the order in which the server names them. */
export function groupFindings(findings: readonly FindingBody[]): readonly FindingGroup[] {
  return [...Map.groupBy(findings, (finding) => finding.source)].map(([source, own]) => ({
    source,
    installed: distinct(own.map((finding) => finding.sourceVersion)),
    binaries: distinct(own.flatMap((finding) => finding.packages.map(({ name }) => name))),
    fixed: distinct(own.flatMap((finding) => (finding.fixed === null ? [] : [finding.fixed]))),
    offered: distinct(own.flatMap((finding) => finding.fixOffered.map(({ to }) => to))),
    withoutFix: own.filter((finding) => finding.fixed === null).length,
    vulnerabilities: distinct(own.map((finding) => finding.vulnerability)).length,
    knownExploited: distinct(
      own.filter((finding) => finding.intelligence.knownExploited !== null).map((finding) => finding.vulnerability),
    ).length,
    severities: countBy(own.map((finding) => finding.intelligence.severity)),
    findings: own,
  }));
}

/** How findings are counted elsewhere: one for each vulnerability and each installed package it arrives in. */
export function pairsOf(findings: readonly FindingBody[]): number {
  return findings.reduce((sum, finding) => sum + finding.packages.length, 0);
}

/** Each vulnerability once, also where it arrives in several source packages. */
export function vulnerabilitiesOf(findings: readonly FindingBody[]): number {
  return distinct(findings.map(({ vulnerability }) => vulnerability)).length;
}

/** Names a finding within its asset, in an address. */
export function findingKey(finding: FindingBody): string {
  return `${finding.vulnerability}@${finding.source}@${finding.sourceVersion}`;
}

export type FindingRow =
  | { readonly kind: 'group'; readonly group: FindingGroup; readonly open: boolean }
  | { readonly kind: 'finding'; readonly finding: FindingBody };

/** The lines as they stand: each group, and below an open one its findings. */
export function rowsOf(groups: readonly FindingGroup[], isOpen: (group: FindingGroup) => boolean): FindingRow[] {
  return groups.flatMap((group) => {
    const open = isOpen(group);
    const line: FindingRow = { kind: 'group', group, open };
    return open ? [line, ...group.findings.map((finding): FindingRow => ({ kind: 'finding', finding }))] : [line];
  });
}

export function rowKey(row: FindingRow): string {
  return row.kind === 'group' ? row.group.source : findingKey(row.finding);
}

function countBy<Word>(words: readonly Word[]): ReadonlyMap<Word, number> {
  const counts = new Map<Word, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
