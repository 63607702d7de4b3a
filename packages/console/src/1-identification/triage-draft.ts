import type { AnnouncementDetail, TriagedClaim } from '@patchsteward/contract';

type Target = TriagedClaim['targets'][number];
type Range = TriagedClaim['ranges'][number];

/** What a person typed of a claim so far. */
export interface TriageDraft {
  readonly kind: Target['kind'];
  readonly vendor: string;
  readonly product: string;
  readonly name: string;
  readonly release: string;
  /** A range on each line. */
  readonly ranges: string;
  readonly cves: string;
  readonly severity: '' | NonNullable<TriagedClaim['severity']>;
  readonly why: string;
}

export type TriageProblem =
  | { readonly kind: 'product' | 'package' | 'release' }
  | { readonly kind: 'range' | 'cve'; readonly text: string };

const EMPTY: TriageDraft = {
  ...{ kind: 'product', vendor: '', product: '', name: '', release: '', ranges: '', cves: '', severity: '', why: '' },
};

/** Begins with what was claimed before its vendor changed it, else with what its words may mean. */
export function draftOf({ triage, suggestions, named, vendor }: AnnouncementDetail): TriageDraft {
  const claim = triage?.claim ?? null;
  const target = claim?.targets[0] ?? suggestions[0]?.target;
  const draft = { ...EMPTY, vendor, cves: (claim?.vulnerabilities ?? named).join(' ') };
  if (claim === null) return withTarget(draft, target);
  return {
    ...withTarget(draft, target),
    ranges: claim.ranges.map(rangeText).join('\n'),
    severity: claim.severity ?? '',
  };
}

export function withTarget(draft: TriageDraft, target: Target | undefined): TriageDraft {
  if (target === undefined) return draft;
  if (target.kind === 'product') return { ...draft, kind: 'product', vendor: target.vendor, product: target.product };
  return { ...draft, kind: 'package', name: target.name, release: target.release };
}

/** The claim that a draft comes to, or the first thing that is missing or wrong. */
export function claimOf(draft: TriageDraft): TriagedClaim | TriageProblem {
  const target = targetOf(draft);
  if ('problem' in target) return { kind: target.problem };
  const lines = draft.ranges.split('\n').filter((line) => line.trim() !== '');
  const ranges: Range[] = [];
  for (const line of lines) {
    const range = rangeOf(line);
    if (range === null) return { kind: 'range', text: line.trim() };
    ranges.push(range);
  }
  const vulnerabilities = draft.cves
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((id) => id !== '');
  const wrong = vulnerabilities.find((id) => !/^CVE-\d{4}-\d{4,19}$/.test(id));
  if (wrong !== undefined) return { kind: 'cve', text: wrong };
  const severity = draft.severity === '' ? null : draft.severity;
  return { targets: [target], ranges, vulnerabilities: [...new Set(vulnerabilities)], severity };
}

type Missing = { readonly problem: 'product' | 'package' | 'release' };

function targetOf({ kind, vendor, product, name, release }: TriageDraft): Target | Missing {
  if (kind === 'product') {
    return product.trim() === '' ? { problem: 'product' } : { kind, vendor: vendor.trim(), product: product.trim() };
  }
  if (name.trim() === '') return { problem: 'package' };
  return release.trim() === '' ? { problem: 'release' } : { kind, name: name.trim(), release: release.trim() };
}

const RANGE = /^(?:>=\s*(\S+))?\s*,?\s*(?:<\s*([^\s=]\S*)|<=\s*(\S+))?$/;

/** `>= 9.0 < 9.3.1`; null: it is no range. */
function rangeOf(line: string): Range | null {
  const [, introduced, fixed, lastAffected] = RANGE.exec(line.trim()) ?? [];
  if (introduced === undefined && fixed === undefined && lastAffected === undefined) return null;
  const withoutComma = introduced?.replace(/,$/, '');
  return { introduced: withoutComma ?? null, fixed: fixed ?? null, lastAffected: lastAffected ?? null };
}

export function rangeText({ introduced, fixed, lastAffected }: Range): string {
  const from = introduced === null ? [] : [`>= ${introduced}`];
  const to = fixed === null ? [] : [`< ${fixed}`];
  const last = lastAffected === null ? [] : [`<= ${lastAffected}`];
  return [...from, ...to, ...last].join(' ');
}

export function targetText(target: Target): string {
  return target.kind === 'product'
    ? `${target.vendor} ${target.product}`.trim()
    : `${target.name} on ${target.release}`;
}
