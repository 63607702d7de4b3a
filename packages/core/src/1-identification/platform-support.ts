import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';

/** Until when a vendor fixes a release: for everybody, by its long-term team, or for subscribers. */
export type SupportPhase = 'regular' | 'lts' | 'extended';

/** The end of one phase of one release. */
export interface Lifecycle {
  /** `debian:12` */
  readonly scope: string;
  readonly phase: SupportPhase;
  /** The first moment without. */
  readonly ends: Instant;
}

/** How a platform stands with the support of its vendor. */
export interface PlatformSupport {
  /** `ending`: soon enough to plan for; `ended`: no fix comes to everybody any more. */
  readonly state: 'supported' | 'ending' | 'ended';
  /** The phase that it is in, or that it was in last. */
  readonly phase: 'regular' | 'lts';
  /** When fixes for everybody end, or ended. */
  readonly until: Instant;
  /** Subscribers get fixes until then; null: nobody does, or nobody says so. */
  readonly extendedUntil: Instant | null;
}

/** How a platform stands, in one word; `extended`: past its public support, and its vendor fixes it for subscribers. */
export type SupportWord = 'supported' | 'ending' | 'ended' | 'extended' | 'unknown';

/** null: no source says until when the platform is supported, and nothing is guessed. */
export function supportOf(lifecycles: readonly Lifecycle[], warnMs: number, now: Instant): PlatformSupport | null {
  const regular = endOf(lifecycles, 'regular');
  const lts = endOf(lifecycles, 'lts');
  const until = publicSupportEnd(lifecycles);
  if (until === null) return null;
  const extended = endOf(lifecycles, 'extended');
  return {
    state: stateOf(until, warnMs, now),
    phase: lts !== null && (regular === null || now >= regular) ? 'lts' : 'regular',
    until,
    extendedUntil: extended !== null && extended > Math.max(now, until) ? extended : null,
  };
}

/** When fixes for everybody end; null: no source says. */
export function publicSupportEnd(lifecycles: readonly Lifecycle[]): Instant | null {
  return endOf(
    lifecycles.map((one) => (one.phase === 'lts' ? { ...one, phase: 'regular' } : one)),
    'regular',
  );
}

/** Two sources may differ: a phase is over when the last of them says so. */
function endOf(lifecycles: readonly Lifecycle[], phase: SupportPhase): Instant | null {
  const ends = lifecycles.filter((one) => one.phase === phase).map((one) => one.ends);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** `unknown`: no source says until when, and nothing is guessed. */
export function supportWord(support: PlatformSupport | null): SupportWord {
  if (support === null) return 'unknown';
  if (support.state !== 'ended') return support.state;
  return support.extendedUntil === null ? 'ended' : 'extended';
}

function stateOf(until: Instant, warnMs: number, now: Instant): PlatformSupport['state'] {
  if (now >= until) return 'ended';
  return now >= until - warnMs ? 'ending' : 'supported';
}

/** What stands in the way of patching a platform at all. // SP 800-40r4 §2.3: unpatchable assets */
export function supportReasons(support: PlatformSupport | null, platform: string): Reason[] {
  if (support === null || support.state === 'supported') return [];
  if (support.state === 'ending') return [reasonOf('platform-ending', platform, support.until)];
  if (support.extendedUntil === null) return [reasonOf('platform-end-of-life', platform, support.until)];
  return [reasonOf('platform-extended-support', platform, support.extendedUntil)];
}
