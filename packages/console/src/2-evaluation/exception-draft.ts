import type { ExceptionRequest } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.exceptions.ask;
const WEEK_MS = 7 * 24 * 3_600_000;
const MINUTE_MS = 60_000;
/** The contract wants words where a person has not typed any yet; a preview keeps none of them. */
const NOTHING_YET = '-';

export const KINDS = [
  'accept',
  'mitigate',
  'transfer',
  'avoid',
  'override',
] as const satisfies readonly ExceptionRequest['kind'][];

/** What the page is about, as its address says it. */
export interface AskedAbout {
  readonly kind?: ExceptionRequest['kind'] | undefined;
  readonly vulnerability?: string | undefined;
  readonly source?: string | undefined;
  readonly asset?: string | undefined;
  readonly group?: string | undefined;
}

export interface ExceptionDraft {
  readonly kind: ExceptionRequest['kind'];
  /** As people list them: by spaces, commas or lines. */
  readonly vulnerabilities: string;
  readonly sources: string;
  readonly assets: readonly string[];
  readonly group: string;
  readonly owner: string;
  readonly why: string;
  readonly control: string;
  readonly evidence: string;
  readonly until: number | null;
  readonly lane: NonNullable<ExceptionRequest['lane']> | 'keep';
  readonly setDue: boolean;
  readonly due: number | null;
}

export function draftOf({ kind, vulnerability, source, asset, group }: AskedAbout, now: number): ExceptionDraft {
  return {
    kind: kind ?? 'accept',
    vulnerabilities: vulnerability ?? '',
    sources: source ?? '',
    assets: asset === undefined ? [] : [asset],
    group: group ?? '',
    ...{ owner: '', why: '', control: '', evidence: '' },
    until: Math.floor((now + WEEK_MS) / MINUTE_MS) * MINUTE_MS,
    ...{ lane: 'keep', setDue: false, due: null },
  };
}

/** The names of the fields without which nothing can be asked for; null: all are there. */
export function missingOf(draft: ExceptionDraft): string | null {
  const { kind, owner, why, control, until, setDue, due } = draft;
  const missing = [
    ...(namesNothing(draft) ? [words.target] : []),
    ...(owner.trim() === '' ? [words.owner] : []),
    ...(why.trim() === '' ? [words.why] : []),
    ...(kind === 'mitigate' && control.trim() === '' ? [words.control] : []),
    ...(until === null ? [words.until] : []),
    ...(kind === 'override' && setDue && due === null ? [words.due] : []),
  ];
  return missing.length === 0 ? null : missing.join(', ');
}

function namesNothing({ vulnerabilities, sources, assets, group }: ExceptionDraft): boolean {
  return partsOf(vulnerabilities).length + partsOf(sources).length + assets.length === 0 && group.trim() === '';
}

/** What is sent; null: no day is said, or nothing is named. */
export function requestOf(draft: ExceptionDraft): ExceptionRequest | null {
  const { kind, until, lane, setDue, due } = draft;
  if (until === null || namesNothing(draft)) return null;
  const overrides = kind === 'override';
  return {
    kind,
    target: {
      vulnerabilities: partsOf(draft.vulnerabilities),
      sources: partsOf(draft.sources),
      assets: [...draft.assets],
      group: textOrNull(draft.group),
    },
    owner: draft.owner.trim(),
    why: draft.why.trim(),
    control: textOrNull(draft.control),
    evidence: textOrNull(draft.evidence),
    until: new Date(until).toISOString(),
    lane: overrides && lane !== 'keep' ? lane : null,
    due: overrides && setDue && due !== null ? new Date(due).toISOString() : null,
  };
}

/** The same before all is said, to look what it would do: who answers for it, and why, changes nothing of that. */
export function previewOf(draft: ExceptionDraft): ExceptionRequest | null {
  const request = requestOf(draft);
  if (request === null) return null;
  return { ...request, owner: NOTHING_YET, why: NOTHING_YET, evidence: null, control: request.control && NOTHING_YET };
}

function partsOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((part) => part !== ''))];
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
