import { Failure } from '../platform/failure.ts';

/** What of a snapshot its proof needs. // restic: snapshots --json */
export interface Snapshot {
  readonly id: string;
  readonly takenAt: number;
  readonly hostname: string;
  readonly paths: readonly string[];
}

export interface SnapshotSize {
  readonly bytes: number;
  /** Files and folders, as restic counts them. */
  readonly files: number;
}

/** Somebody works on the repository, or died while doing so. // restic: cat lock */
export interface Lock {
  readonly at: number;
  readonly exclusive: boolean;
  readonly hostname: string;
  readonly pid: number;
}

const SNAPSHOT_ID = /^[0-9a-f]{64}$/;

export function readSnapshots(text: string): Snapshot[] {
  const list = parsed('snapshots', text);
  // Go writes an empty list as null.
  if (list === null) return [];
  if (!Array.isArray(list)) throw unexpected('snapshots');
  return list.map((entry: unknown) => {
    const { id, time, hostname, paths } = fieldsOf('snapshots', entry);
    if (typeof id !== 'string' || !SNAPSHOT_ID.test(id) || typeof hostname !== 'string') throw unexpected('snapshots');
    if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) throw unexpected('snapshots');
    return { id, takenAt: instantOf('snapshots', time), hostname, paths };
  });
}

export function readSize(text: string): SnapshotSize {
  const { total_size: bytes, total_file_count: files } = fieldsOf('stats', parsed('stats', text));
  return { bytes: countOf('stats', bytes), files: countOf('stats', files) };
}

export function readLock(text: string): Lock {
  const { time, exclusive, hostname, pid } = fieldsOf('cat lock', parsed('cat lock', text));
  if (typeof hostname !== 'string') throw unexpected('cat lock');
  return { at: instantOf('cat lock', time), exclusive: exclusive === true, hostname, pid: countOf('cat lock', pid) };
}

/** The same repository by whatever path it is reached. */
export function readRepositoryId(text: string): string {
  const { id } = fieldsOf('cat config', parsed('cat config', text));
  if (typeof id !== 'string' || !SNAPSHOT_ID.test(id)) throw unexpected('cat config');
  return id;
}

export function readIds(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => SNAPSHOT_ID.test(line));
}

function parsed(command: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unexpected(command, error);
  }
}

function fieldsOf(command: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(command);
  // Any object can be asked for any name; each value is checked where it is used.
  return value as Readonly<Record<string, unknown>>;
}

function countOf(command: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw unexpected(command);
}

/** RFC 3339 with nanoseconds, in the zone of whoever made it. */
function instantOf(command: string, value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw unexpected(command);
  return at;
}

function unexpected(command: string, cause?: unknown): Failure {
  return new Failure(
    `restic ${command} answered something that this version of patchsteward does not understand`,
    'use a version of restic from 0.14 on',
    { cause },
  );
}
