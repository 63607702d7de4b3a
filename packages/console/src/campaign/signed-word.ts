import type { StatementDraftRequest } from '@patchsteward/contract';

interface Said {
  readonly campaign: string;
  readonly draft: StatementDraftRequest;
}

/**
 * Whether the bytes that the server gave to be signed say what the person filled in, and nothing else: what is seen is
 * what is signed. Lists may come back sorted, and times in another notation.
 */
export function saysTheSame(payload: Uint8Array, { campaign, draft }: Said): boolean {
  const read = parsed(payload);
  if (read === null) return false;
  return (
    read['kind'] === draft.kind &&
    read['campaign'] === campaign &&
    (read['plan'] ?? null) === draft.plan &&
    written(read['body']) === written(draft.body)
  );
}

function parsed(payload: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isRecord(value) ? value : null;
  } catch {
    // Bytes that are no JSON are not what anybody filled in.
    return null;
  }
}

/** One text for one meaning: names in order, lists in order, instants as numbers. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).sort().join(',')}]`;
  if (isRecord(value)) {
    const fields = Object.keys(value).sort();
    return `{${fields.map((name) => `${JSON.stringify(name)}:${written(instantOr(name, value[name]))}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function instantOr(name: string, value: unknown): unknown {
  return (name === 'expiresAt' || name === 'due') && typeof value === 'string' ? Date.parse(value) : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
