import type { MaintenanceGroup } from '@patchsteward/contract';
import { type Freeze, type Interval, offsetAt, type ZoneTable } from '@patchsteward/core/plan';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { zoneTable } from '@patchsteward/standards/zones';
import type { Group } from './group-store.ts';
import { openingsOf } from './group-windows.ts';

/** As many as a person reads. */
const NEXT_SHOWN = 3;
/** Three of every weekly window come in the first; three monthly ones in the second, and most of those that come once. */
const WITHIN_MS = [4 * 7 * DAY_MS, 400 * DAY_MS];

/** The next windows of a group, as instants and in the time of its zone. */
export function nextOf(
  group: Pick<Group, 'windows' | 'zone'>,
  freezes: readonly Freeze[],
  now: Instant,
): Pick<MaintenanceGroup, 'next' | 'tzdata'> {
  for (const withinMs of WITHIN_MS) {
    const table = zoneTable(group.zone, now, now + withinMs);
    const next = openingsOf(group, freezes, table, { from: now, until: now + withinMs }).slice(0, NEXT_SHOWN);
    if (next.length === NEXT_SHOWN || withinMs === WITHIN_MS.at(-1)) {
      return { next: next.map((span) => spanBody(span, table)), tzdata: table.tzdata };
    }
  }
  throw new TypeError('there is a last length to look ahead');
}

function spanBody({ from, until }: Interval, table: ZoneTable): MaintenanceGroup['next'][number] {
  return {
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    offset: offsetText(offsetAt(from, table)),
  };
}

/** `+05:30` */
export function offsetText(offsetMs: number): string {
  const hours = Math.floor(Math.abs(offsetMs) / HOUR_MS);
  const minutes = Math.floor((Math.abs(offsetMs) % HOUR_MS) / MINUTE_MS);
  const [hh, mm] = [hours, minutes].map((part) => String(part).padStart(2, '0'));
  return `${offsetMs < 0 ? '-' : '+'}${hh}:${mm}`;
}
