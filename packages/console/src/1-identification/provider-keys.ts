import type { ProviderLook } from '@patchsteward/contract';

type ServedKey = ProviderLook['keys'][number];

/** One fingerprint with what is known of it: pinned here, served there, or both. */
export interface KeyRow {
  readonly fingerprint: string;
  readonly isPinned: boolean;
  /** null: the provider does not serve it. */
  readonly served: ServedKey | null;
}

/** Pinned keys first, then what is served beside them; a key that stands twice is one. */
export function keyRows(pinned: readonly string[], look: Pick<ProviderLook, 'keys'> | null): readonly KeyRow[] {
  const served = new Map<string, ServedKey>();
  for (const key of look?.keys ?? []) {
    if (key.fingerprint !== null && !served.has(key.fingerprint)) served.set(key.fingerprint, key);
  }
  const others = [...served.keys()].filter((fingerprint) => !pinned.includes(fingerprint));
  return [...pinned, ...others].map((fingerprint) => ({
    fingerprint,
    isPinned: pinned.includes(fingerprint),
    served: served.get(fingerprint) ?? null,
  }));
}

/** Whether a person has to look: a key came that nobody pinned, one that was pinned went, or one is not what is named. */
export function keysDiffer(rows: readonly KeyRow[]): boolean {
  return rows.some(({ isPinned, served }) => !isPinned || served === null || served.state !== 'served');
}
