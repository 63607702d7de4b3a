import type { StatementDraftRequest } from '@patchsteward/contract';

/** The assessment of the change itself, as a form holds it. // SOP P2.1, checklist c4 */
export interface RiskDraft {
  readonly impact: 'low' | 'medium' | 'high';
  readonly reboot: boolean;
  readonly restarts: string;
  readonly rollback: 'rehearsed' | 'prepared' | 'none';
  readonly exposure: string;
  readonly note: string;
}

export const NO_RISK_DRAFT: RiskDraft = {
  ...{ impact: 'medium', reboot: false, restarts: '', rollback: 'prepared', exposure: '', note: '' },
};

/** Units as people list them: by spaces, commas or lines; each once, in order, as they are signed. */
export function riskStatement({ restarts, exposure, note, ...rest }: RiskDraft): StatementDraftRequest {
  const units = restarts.split(/[\s,]+/).filter((unit) => unit !== '');
  return {
    kind: 'risk.assessed',
    plan: null,
    body: { ...rest, restarts: [...new Set(units)].sort(), exposure: exposure.trim(), note: note.trim() },
  };
}
