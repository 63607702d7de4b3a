import {
  type By,
  type CampaignEventKind,
  type CampaignState,
  evolve,
  isEnd,
  type Recorded,
  ROOMS,
  type Room,
  standsIn,
} from '@patchsteward/core/campaign';
import type { Instant } from '@patchsteward/core/vocabulary';

/** An event of a campaign with the entry of the record that says the same. */
export interface RecordedEntry {
  readonly recorded: Recorded;
  readonly leaf: string;
}

/** The event that led out of a room. */
export interface Passing {
  readonly at: Instant;
  readonly event: CampaignEventKind;
  readonly by: By;
  readonly leaf: string;
}

const COMPLETED: ReadonlySet<string> = new Set(['completed', 'completed-with-exceptions']);

interface Way {
  /** The last time that each room was passed; what was taken back is not in here. */
  readonly passed: ReadonlyMap<Room, Passing>;
  /** The room that it stands in, or stood in at its end; null: it went through all of them. */
  readonly room: Room | null;
}

/**
 * How a campaign came to where it is. It may go back: what it passed before then has to be passed again, and is not
 * told as passed. An end is in the room in which the campaign stood, whatever the end is called.
 */
export function wayOf(entries: readonly RecordedEntry[]): Way {
  const passed = new Map<Room, Passing>();
  let state: CampaignState | null = null;
  let place = 0;
  for (const { recorded, leaf } of entries) {
    state = evolve(state, recorded);
    if (isEnd(state.name) && !COMPLETED.has(state.name)) continue;
    const next = COMPLETED.has(state.name) ? ROOMS.length : ROOMS.indexOf(standsIn(state));
    const passing = { at: recorded.at, event: recorded.event.kind, by: recorded.by, leaf };
    for (const room of ROOMS.slice(place, next)) passed.set(room, passing);
    for (const room of ROOMS.slice(next)) passed.delete(room);
    place = next;
  }
  return { passed, room: ROOMS[place] ?? null };
}
