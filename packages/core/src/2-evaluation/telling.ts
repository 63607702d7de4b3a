import { HOUR_MS, type Instant, MINUTE_MS, type Role } from '../vocabulary/index.ts';

/** What people are told of by mail, the most urgent first. // SOP P1.1 P6.2, checklist c7 */
export const TELLING_KINDS = [
  'exploited',
  'emergency',
  'critical',
  'support-ended',
  'feed-silent',
  'announcements-unread',
] as const;
export type TellingKind = (typeof TELLING_KINDS)[number];

/** At once and grouped, in the message of the hour, or never. */
export const TELLING_WAYS = ['at-once', 'digest', 'quiet'] as const;
export type TellingWay = (typeof TELLING_WAYS)[number];

/** How each is told where a person has said nothing. */
const TELLING_DEFAULTS: Readonly<Record<TellingKind, TellingWay>> = {
  exploited: 'at-once',
  emergency: 'at-once',
  critical: 'at-once',
  'support-ended': 'digest',
  'feed-silent': 'digest',
  'announcements-unread': 'digest',
};

/** Whose work it is; the owners of the assets concerned hear of it as well. // SOP R1-R4 */
const ROLES_FOR: Readonly<Record<TellingKind, readonly Role[]>> = {
  exploited: ['security', 'it'],
  emergency: ['security', 'it'],
  critical: ['security'],
  'support-ended': ['it', 'security'],
  'feed-silent': ['it', 'security', 'admin'],
  'announcements-unread': ['security'],
};

/** What an import finds comes within minutes, and is one message. */
const GROUP_MS = 2 * MINUTE_MS;
/** However much happens: four urgent messages an hour at most, each with all that came meanwhile. */
const URGENT_PAUSE_MS = 15 * MINUTE_MS;
const DIGEST_PAUSE_MS = HOUR_MS;

/** Something to be told, with those whose assets it concerns, by their logins. */
export interface TellingMatter {
  readonly kind: TellingKind;
  readonly owners: readonly string[];
}

/** Somebody with an account, as far as telling goes. */
export interface TellingPerson {
  readonly login: string;
  readonly roles: readonly Role[];
  /** What they said of how they want to hear of it. */
  readonly ways: Readonly<Partial<Record<TellingKind, TellingWay>>>;
}

export function wayOf({ ways }: Pick<TellingPerson, 'ways'>, kind: TellingKind): TellingWay {
  return ways[kind] ?? TELLING_DEFAULTS[kind];
}

/** Who is to hear of it, and how; whoever wants quiet does not. */
export function hearersOf(
  { kind, owners }: TellingMatter,
  people: readonly TellingPerson[],
): readonly { readonly login: string; readonly way: Exclude<TellingWay, 'quiet'> }[] {
  const concerned = new Set(owners.map((owner) => owner.toLowerCase()));
  return people.flatMap((person) => {
    const isTheirs = concerned.has(person.login) || ROLES_FOR[kind].some((role) => person.roles.includes(role));
    const way = wayOf(person, kind);
    return isTheirs && way !== 'quiet' ? [{ login: person.login, way }] : [];
  });
}

/** When the message with all that waits for somebody is due; null: nothing waits. `last`: when they were written to last. */
export function messageDueAt(
  waiting: readonly { readonly way: Exclude<TellingWay, 'quiet'>; readonly since: Instant }[],
  last: Instant | null,
): Instant | null {
  const dues = waiting.map(({ way, since }) => {
    const pauseMs = way === 'at-once' ? URGENT_PAUSE_MS : DIGEST_PAUSE_MS;
    const grouped = way === 'at-once' ? since + GROUP_MS : since + DIGEST_PAUSE_MS;
    return last === null ? grouped : Math.max(grouped, last + pauseMs);
  });
  return dues.length === 0 ? null : Math.min(...dues);
}
