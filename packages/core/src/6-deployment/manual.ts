import type { JobReport } from '../job/index.ts';
import type { ChecklistItem, ChecklistStep } from '../plan/index.ts';

/** What a person filed of one item of the checklist. */
export interface FiledItem {
  /** Its place in the checklist, from 0. */
  readonly item: number;
  /** It was done. Files may come before. */
  readonly done: boolean;
  readonly note: string | null;
  readonly files: number;
}

export interface MissingItem {
  readonly item: number;
  readonly what: 'done' | 'note' | 'file';
}

/** What stands between a person and `done`: every item, with the evidence that people signed for. */
export function missingOf(checklist: readonly ChecklistItem[], filed: readonly FiledItem[]): MissingItem[] {
  const of = new Map(filed.map((one) => [one.item, one]));
  return checklist.flatMap(({ evidence }, item): MissingItem[] => {
    const one = of.get(item);
    if (one?.done !== true) return [{ item, what: 'done' }];
    if (evidence === 'note' && (one.note ?? '').trim() === '') return [{ item, what: 'note' }];
    return evidence === 'file' && one.files === 0 ? [{ item, what: 'file' }] : [];
  });
}

/** As which step of a host's work an item counts. */
export const PHASE_OF_STEP = {
  prerequisite: 'installing',
  backup: 'installing',
  install: 'installing',
  restart: 'rebooting',
  check: 'verifying',
} as const satisfies Record<ChecklistStep, JobReport['phase']>;
