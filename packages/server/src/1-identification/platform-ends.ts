import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Changed, GrantedWish, TimerChange, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';

export const PLATFORM_ENDS = 'platform.ends';
const ALL = 'platforms';

/** What assets rest on changes with the day, and with what sources say of it. */
export const PLATFORM_ENDS_WISH: Wish = { kind: PLATFORM_ENDS, key: ALL, payload: null };
const STALE_WISH: Wish = { kind: 'assess', key: 'stale', payload: null };

/** A server that was down on the day looks once it is up again. */
export function platformTimer(now: Instant): { kind: string; subject: string; due: Instant } {
  return { kind: PLATFORM_ENDS, subject: ALL, due: now };
}

/**
 * Grants `platform.ends`: the support of a platform is over while nothing else happens. Whoever was assessed before is
 * assessed again, and the timer is set to the next end. // SP 800-40r4 §2.3
 */
export async function grantPlatformEnds({ at }: GrantedWish, tx: Tx): Promise<Changed<void>> {
  const next = await readNextEnd(tx, at);
  const timers: TimerChange[] = [{ kind: PLATFORM_ENDS, subject: ALL, due: next }];
  return { value: undefined, timers, wishes: [STALE_WISH], touched: ['overview', 'assets'] };
}

/** null: nothing ends any more, by what sources say today. */
async function readNextEnd(reader: Reader, after: Instant): Promise<Instant | null> {
  const { rows } = await sql<{ readonly next: Instant | null }>`
    select least(
      (select min(ends) from identification.lifecycle where ends > ${timestamp(after)}),
      (select min(ends) from identification.package_support where ends > ${timestamp(after)})
    ) as next
  `.execute(reader);
  return rows[0]?.next ?? null;
}
