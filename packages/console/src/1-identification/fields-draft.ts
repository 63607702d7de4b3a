import type { Asset, AssetsSet } from '@patchsteward/contract';

/** What is to be set on many, as a form holds it; absent: stays as it is. An empty text takes a fact away. */
export interface FieldsDraft {
  readonly criticality?: Asset['criticality'];
  readonly exposure?: Asset['exposure'];
  readonly environment?: Asset['environment'];
  readonly ring?: 'yes' | 'no';
  readonly owner?: string;
  readonly role?: string;
  readonly maintenanceGroup?: string;
  readonly redundancyGroups?: string;
  readonly tags?: string;
  readonly addTags?: string;
  readonly removeTags?: string;
}
export type DraftedField = keyof FieldsDraft;

export function setOf(draft: FieldsDraft): AssetsSet {
  const { criticality, exposure, environment, ring, owner, role, maintenanceGroup } = draft;
  const lists = { tags: draft.tags, addTags: draft.addTags, removeTags: draft.removeTags };
  const { redundancyGroups } = draft;
  return {
    ...(criticality === undefined ? {} : { criticality }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(environment === undefined ? {} : { environment }),
    ...(ring === undefined ? {} : { ring: ring === 'yes' }),
    ...(owner === undefined ? {} : { owner: textOrNull(owner) }),
    ...(role === undefined ? {} : { role: textOrNull(role) }),
    ...(maintenanceGroup === undefined ? {} : { maintenanceGroup: textOrNull(maintenanceGroup) }),
    ...(redundancyGroups === undefined ? {} : { redundancyGroups: wordsIn(redundancyGroups) }),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([name, text]) => (text === undefined ? [] : [[name, wordsIn(text)]])),
    ),
  };
}

/** The form that says what a rule says. */
export function draftOfSet(set: AssetsSet): FieldsDraft {
  const { criticality, exposure, environment, ring, owner, role, maintenanceGroup, redundancyGroups, tags } = set;
  return {
    ...(criticality === undefined ? {} : { criticality }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(environment === undefined ? {} : { environment }),
    ...(ring === undefined ? {} : { ring: ring ? ('yes' as const) : ('no' as const) }),
    ...(owner === undefined ? {} : { owner: owner ?? '' }),
    ...(role === undefined ? {} : { role: role ?? '' }),
    ...(maintenanceGroup === undefined ? {} : { maintenanceGroup: maintenanceGroup ?? '' }),
    ...(redundancyGroups === undefined ? {} : { redundancyGroups: redundancyGroups.join(', ') }),
    ...(tags === undefined ? {} : { tags: tags.join(', ') }),
  };
}

/** Nothing can be sent: no field is chosen, or tags to add or to remove have no name. */
export function isIncomplete(draft: FieldsDraft): 'nothing' | 'tags' | null {
  if (Object.values(draft).every((value) => value === undefined)) return 'nothing';
  const unnamed = [draft.addTags, draft.removeTags].some((text) => text !== undefined && wordsIn(text).length === 0);
  return unnamed ? 'tags' : null;
}

function wordsIn(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

function textOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
