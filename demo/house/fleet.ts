import type { Client } from '@patchsteward/contract/client';
import { DAY_MS, HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { Host, type HostHouse } from '../hosts/host.ts';
import type { DemoHostFacts } from '../story/fleet.ts';
import type { Staff } from './founding.ts';
import { inTurns } from './turns.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** So many hosts enroll at once: more would only wait for each other. */
const HANDS = 6;
/** Beyond the due time of what is urgent. */
const LATER_DAYS = 4;

/** When hosts may go down. The group of the file servers has no window yet: nobody has agreed on one. */
export async function foundGroups(client: Client, end: Instant): Promise<void> {
  const always = WEEKDAYS.map((weekday) => ({ kind: 'weekly' as const, weekday, start: '00:00', durationMs: DAY_MS }));
  const later = WEEKDAYS[new Date(end + LATER_DAYS * DAY_MS).getUTCDay()] ?? 'sun';
  const groups = {
    'any-time': always,
    files: [],
    'monthly-close': [{ kind: 'weekly' as const, weekday: later, start: '01:00', durationMs: 5 * HOUR_MS }],
    nights: WEEKDAYS.map((weekday) => ({ kind: 'weekly' as const, weekday, start: '20:00', durationMs: 9 * HOUR_MS })),
  };
  for (const [name, windows] of Object.entries(groups)) {
    await client('group.set', { params: { name }, body: { version: 0, zone: 'UTC', windows } });
  }
}

/** Hosts enroll, report, and are told apart by people. */
export async function foundFleet(
  facts: readonly DemoHostFacts[],
  house: HostHouse,
  { ada, ivy }: Pick<Staff['clients'], 'ada' | 'ivy'>,
  said: (done: number) => void,
): Promise<Host[]> {
  let done = 0;
  return inTurns(facts, HANDS, async (one) => {
    const { token } = await ada('enrollment-token.create', { body: { note: one.name } });
    const host = new Host(one, house);
    await host.enroll(token);
    await host.round();
    await describe(host, ivy);
    done += 1;
    said(done);
    return host;
  });
}

async function describe({ assetId, facts }: Host, client: Client): Promise<void> {
  const { team, ring, redundancyGroups } = facts;
  const { version } = await client('asset.show', { params: { id: assetId } });
  await client('asset.change', {
    params: { id: assetId },
    body: {
      ...{ version, owner: 'otto', role: team.role, kind: team.kind, exposure: team.exposure, ring },
      ...{ criticality: ring ? 'low' : team.criticality, environment: ring ? 'non-production' : 'production' },
      ...{ maintenanceGroup: groupOf(facts), redundancyGroups: [...redundancyGroups] },
      tags: ['demo', team.role, ...(ring ? ['test-ring'] : [])],
    },
  });
}

/** One database can only go down after the books are closed: long after what is urgent is due. */
function groupOf({ name, team }: DemoHostFacts): string {
  return name === 'db-4' ? 'monthly-close' : team.group;
}
