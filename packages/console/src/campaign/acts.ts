import type { Campaign, CampaignRoom, ReasonBody } from '@patchsteward/contract';

/** What a person can do with a campaign here. */
export const ACTS = [
  'halt',
  'withdraw',
  'resume',
  'risk',
  'test',
  'release',
  'accept-test',
  'request',
  'rollback',
  'waive',
  'declare',
  'audit',
  'set-lane',
  'except',
  'defer-test',
] as const;
export type Act = (typeof ACTS)[number];

/** What no reason asks for and people may say nevertheless; whether it counts is for the server to say. */
export const UNASKED_ACTS = ['set-lane', 'except', 'defer-test'] as const satisfies readonly Act[];

/** What clears a reason, where that is done on this screen; the server says who may, and decides. */
const CLEARED_BY: Readonly<Record<string, Act>> = {
  'risk-not-assessed': 'risk',
  'test-not-started': 'test',
  'test-inconclusive': 'accept-test',
  quarantined: 'release',
  'change-not-requested': 'request',
  'backup-missing': 'waive',
  'backup-stale': 'waive',
  'backup-too-small': 'waive',
  'backup-integrity-unknown': 'waive',
  'backup-integrity-stale': 'waive',
  'waiver-expired': 'waive',
  'report-stale': 'declare',
  'host-silent': 'declare',
  'rollback-failed': 'declare',
  'audit-signature-missing': 'audit',
  'disposition-missing': 'audit',
  'rescan-not-clean': 'audit',
};
/** Reasons that are cleared where plans are decided on. */
const IN_THE_INBOX: ReadonlySet<string> = new Set(['approval-missing', 'cli-signature-missing', 'window-not-agreed']);

export interface Offer {
  readonly act: Act;
  /** Roles of which one is needed, as the server's reason has them. */
  readonly roles: readonly string[];
}

/** What the reasons of the campaign ask for, each once, in the order of the reasons. */
export function offersOf({ state, explanation: { reasons } }: Pick<Campaign, 'state' | 'explanation'>): Offer[] {
  if (state === 'paused' || state === 'halted') return [{ act: 'resume', roles: rolesOf(reasons) }];
  const offers = new Map<Act, Offer>();
  for (const { code, clearableBy } of reasons) {
    const act = CLEARED_BY[code];
    if (act !== undefined && !offers.has(act)) offers.set(act, { act, roles: peopleOf(clearableBy) });
  }
  return [...offers.values()];
}

/** Whether the plan is to be decided on. */
export function wantsDecision({ explanation: { reasons } }: Pick<Campaign, 'explanation'>): boolean {
  return reasons.some(({ code }) => IN_THE_INBOX.has(code));
}

function rolesOf(reasons: readonly ReasonBody[]): string[] {
  return [...new Set(reasons.flatMap(({ clearableBy }) => peopleOf(clearableBy)))];
}

function peopleOf(clearers: readonly string[]): string[] {
  return clearers.filter((clearer) => clearer !== 'system');
}

/** The room that is open when the address names none: where the campaign is, or where it ended. */
export function roomOfInterest(rooms: readonly CampaignRoom[]): CampaignRoom['room'] {
  const standing = rooms.find(({ place }) => place === 'here' || place === 'ended');
  return standing?.room ?? '7-documentation';
}
