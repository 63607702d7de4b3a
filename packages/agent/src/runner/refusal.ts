import type { ReasonCode } from '@patchsteward/core/vocabulary';

/** Why nothing is begun, in the words of the report that agentd makes of it. */
export interface Refusal {
  readonly phase: 'blocked';
  readonly reason: ReasonCode;
  readonly detail: string;
}

const DETAIL_CHARACTERS_MAX = 900;

export function blocked(reason: ReasonCode, detail: string): Refusal {
  return { phase: 'blocked', reason, detail: detail.slice(0, DETAIL_CHARACTERS_MAX) };
}
