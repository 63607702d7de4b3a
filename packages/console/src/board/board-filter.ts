import type { CampaignSummary, Session } from '@patchsteward/contract';

export const LANE_CHOICES = ['routine', 'critical', 'emergency', 'mitigation'] as const;
export const ONLY_CHOICES = ['mine', 'late', 'stopped'] as const;

export interface BoardFilter {
  readonly lane?: (typeof LANE_CHOICES)[number] | undefined;
  readonly only?: (typeof ONLY_CHOICES)[number] | undefined;
}

type Person = Pick<NonNullable<Session['person']>, 'login' | 'roles'>;

/** Of what the server said of each campaign, what the reader wants to see. */
export function filtered(
  campaigns: readonly CampaignSummary[],
  { lane, only }: BoardFilter,
  person: Person | null,
): readonly CampaignSummary[] {
  return campaigns.filter(
    (campaign) =>
      (lane === undefined || campaign.lane === lane) && (only === undefined || isOf(campaign, only, person)),
  );
}

function isOf(campaign: CampaignSummary, only: (typeof ONLY_CHOICES)[number], person: Person | null): boolean {
  if (only === 'late') return campaign.late || campaign.cannotBeMet;
  if (only === 'stopped') return campaign.verdict === 'stop';
  if (person === null) return false;
  const clears = campaign.reasons.some(({ clearableBy }) => person.roles.some((role) => clearableBy.includes(role)));
  return campaign.requester === person.login || clears;
}

/** What is due first stands first; what has no due time yet comes last. */
function byDue(a: CampaignSummary, b: CampaignSummary): number {
  const [dueA, dueB] = [a.due ?? '~', b.due ?? '~'];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Campaigns by the room in which they stand, in the order of the rooms given. */
export function inRooms<Room extends string>(
  campaigns: readonly CampaignSummary[],
  rooms: readonly Room[],
): readonly { readonly room: Room; readonly campaigns: readonly CampaignSummary[] }[] {
  return rooms.map((room) => ({ room, campaigns: campaigns.filter((one) => one.room === room).sort(byDue) }));
}
