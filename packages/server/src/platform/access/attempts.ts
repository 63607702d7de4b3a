import { isIPv6 } from 'node:net';
import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../column-types.ts';
import type { Db, Tx } from '../database.ts';
import { Refusal } from '../http/refusal.ts';
import { inTransaction } from '../transaction.ts';

/** Wrong sign-ins that share something, and how long the next one has to wait. */
export interface Subject {
  readonly key: string;
  /** Mistakes that cost no wait. */
  readonly free: number;
  readonly waitSecondsMax: number;
}

/** A person mistypes a few times; a quarter of an hour between guesses ends any guessing. */
const PAIR = { free: 5, waitSecondsMax: 15 * 60 };
/** An office behind one address may hold many people who mistype. */
const ADDRESS = { free: 30, waitSecondsMax: 15 * 60 };
/** Guesses from everywhere at one login: short, since the right person at a new machine waits as well. */
const LOGIN = { free: 20, waitSecondsMax: 30 };
const DAY_SECONDS = 24 * 60 * 60;

/**
 * What an attempt counts for. A browser in which this person signed in before counts for itself alone: nobody locks
 * people out of their own machines by guessing wrong elsewhere.
 */
export function subjectsOf(login: string, address: string, deviceHash: string | undefined): Subject[] {
  if (deviceHash !== undefined) return [{ key: `device:${deviceHash}`, ...PAIR }];
  const network = networkOf(address);
  return [
    { key: `address:${network}`, ...ADDRESS },
    { key: `login:${login}`, ...LOGIN },
    { key: `login-address:${login}@${network}`, ...PAIR },
  ];
}

/** Whoever has one address of IPv6 has the whole /64. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter((group) => group !== '');
  const right = tail.split(':').filter((group) => group !== '');
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/**
 * Counts the attempt before the password is looked at, so that a hundred at once are a hundred. Refuses while one of
 * the subjects must wait; a refused attempt prolongs nothing.
 */
export async function countAttempt(db: Db, subjects: readonly Subject[], now: Instant): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const subject of subjects) {
      if (!(await counted(tx, subject, now))) throw await waitRefusal(tx, subject, now);
    }
  });
}

/** True unless the subject has to wait. The wait doubles with each mistake beyond the free ones. */
async function counted(tx: Tx, { key, free, waitSecondsMax }: Subject, now: Instant): Promise<boolean> {
  const at = timestamp(now);
  const result = await sql<{ failures: number }>`
    insert into access.sign_in_attempt as attempt (subject, failures, last_failed_at, not_before)
    values (${key}, 1, ${at}, ${at})
    on conflict (subject) do update set
      failures = case when attempt.last_failed_at < ${at} - make_interval(secs => ${DAY_SECONDS}) then 1 else attempt.failures + 1 end,
      last_failed_at = ${at},
      not_before = ${at} + make_interval(secs => case
        when attempt.last_failed_at < ${at} - make_interval(secs => ${DAY_SECONDS}) or attempt.failures < ${free} then 0
        else least(${waitSecondsMax}, power(2, least(attempt.failures - ${free}, 20))) end)
    where attempt.not_before <= ${at}
    returning failures
  `.execute(tx);
  return result.rows.length > 0;
}

async function waitRefusal(tx: Tx, { key }: Subject, now: Instant): Promise<Refusal> {
  const { not_before } = await tx
    .selectFrom('access.sign_in_attempt')
    .where('subject', '=', key)
    .select('not_before')
    .executeTakeFirstOrThrow();
  const seconds = Math.max(1, Math.ceil((not_before - now) / 1000));
  return new Refusal(
    'too-many-attempts',
    `Too many wrong attempts; wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    {
      retryAfterSeconds: seconds,
    },
  );
}

/** The right password ends the series; what is a day old counts for nobody. */
export async function forgetAttempts(db: Db, subjects: readonly Subject[], now: Instant): Promise<void> {
  await db
    .deleteFrom('access.sign_in_attempt')
    .where((where) =>
      where.or([
        where(
          'subject',
          'in',
          subjects.map(({ key }) => key),
        ),
        where('last_failed_at', '<', timestamp(now - DAY_SECONDS * 1000)),
      ]),
    )
    .execute();
}
