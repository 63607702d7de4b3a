import pg from 'pg';
import { codeOf } from './system-error.ts';

/** The connection broke or could not be made: the statement may or may not have been carried out. */
export class DatabaseGone extends Error {
  constructor(cause: unknown) {
    super('the connection to the database is gone', { cause });
    this.name = 'DatabaseGone';
  }
}

/** SQLSTATEs that say "not now" of the whole database. // PostgreSQL, appendix A */
const GONE_STATES = new Set(['57P01', '57P02', '57P03', '57P04', '57P05', '53300', '25P03']);
const CONNECTION_CLASS = '08';
const DISK_FULL_STATE = '53100';
/** Serialization failure and deadlock: the same transaction, run again, may pass. */
const REPEATABLE_STATES = new Set(['40001', '40P01']);

/** Which of our error codes a failed query deserves, whatever the room was doing. */
export function databaseFailureOf(error: unknown): 'database-gone' | 'disk-full' | undefined {
  if (error instanceof DatabaseGone) return 'database-gone';
  const code = codeOf(error);
  if (code === 'ENOSPC') return 'disk-full';
  if (!(error instanceof pg.DatabaseError) || code === undefined) return undefined;
  if (code === DISK_FULL_STATE) return 'disk-full';
  return GONE_STATES.has(code) || code.startsWith(CONNECTION_CLASS) ? 'database-gone' : undefined;
}

export function isRepeatable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && REPEATABLE_STATES.has(error.code ?? '');
}

/** The unique constraint that a statement broke, by its name. */
export function brokenUniqueConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code === '23505' ? error.constraint : undefined;
}
