/** In the order in which a checklist goes; each may have several items, or none. // SOP P6.2 */
export const CHECKLIST_STEPS = ['prerequisite', 'backup', 'install', 'restart', 'check'] as const;
export type ChecklistStep = (typeof CHECKLIST_STEPS)[number];

/** What an item wants beside a tick: nothing, a sentence of what was seen, or a file of the asset's own words. */
export const ITEM_EVIDENCE = ['none', 'note', 'file'] as const;
export type ItemEvidence = (typeof ITEM_EVIDENCE)[number];

export interface ChecklistItem {
  readonly step: ChecklistStep;
  readonly text: string;
  readonly evidence: ItemEvidence;
}

/** Who does it, and how. It stands in the work order, so that people approve the very words. */
export interface ManualWork {
  /** Login of the person who carries it out. */
  readonly person: string;
  /** Done in this order. */
  readonly checklist: readonly ChecklistItem[];
}

/** A night's work on one device; what needs more is two changes. */
export const CHECKLIST_ITEMS_MAX = 50;

/** Why a checklist proves nothing; null: it may be approved. */
export function checklistFault(
  items: readonly ChecklistItem[],
): 'steps-not-in-order' | 'step-missing' | 'no-proof' | null {
  const steps = items.map(({ step }) => CHECKLIST_STEPS.indexOf(step));
  if (steps.some((step, index) => step < (steps[index - 1] ?? 0))) return 'steps-not-in-order';
  if (!items.some(({ step }) => step === 'install') || !items.some(({ step }) => step === 'check'))
    return 'step-missing';
  // A tick alone is a claim: the look afterwards leaves something that others can look at.
  return items.some(({ step, evidence }) => step === 'check' && evidence !== 'none') ? null : 'no-proof';
}
