/** What must hold of every plan, each named for how it breaks. */
export type PlanFaultCode =
  | 'header-differs'
  | 'leaf-count-wrong'
  | 'summary-wrong'
  | 'criticality-wrong'
  | 'authority-wrong'
  | 'asset-twice'
  | 'asset-not-in-scope'
  | 'asset-not-accounted'
  | 'leaves-not-in-order'
  | 'ring-mixed'
  | 'ring-not-apart'
  | 'transaction-differs'
  | 'not-an-upgrade'
  | 'pair-not-proven'
  | 'untested-not-named'
  | 'backup-missing'
  | 'way-back-differs'
  | 'grace-not-earned'
  | 'no-interval'
  | 'intervals-not-in-order'
  | 'spares-too-many'
  | 'start-too-early'
  | 'start-outside-windows'
  | 'span-too-short'
  | 'start-after-authority'
  | 'group-meets'
  | 'late-not-named'
  | 'waves-not-counted'
  | 'wave-too-large'
  | 'wave-takes-group'
  | 'wave-takes-class'
  | 'wave-out-of-order'
  | 'wave-too-early';

export interface PlanFault {
  readonly code: PlanFaultCode;
  /** Asset, group, pair or wave. */
  readonly subject: string;
}

export function faults(code: PlanFaultCode, subjects: readonly string[]): PlanFault[] {
  return subjects.map((subject) => ({ code, subject }));
}
