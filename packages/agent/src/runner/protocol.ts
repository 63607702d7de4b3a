import type { RunnerFacts } from '@patchsteward/contract';
import type { JobReport } from '@patchsteward/core/job';
import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Envelope } from '@patchsteward/trust/dsse';
import { isRecord } from '../platform/json.ts';
import { envelopesOf } from './trust-root.ts';
import { type Offer, offerOf } from './work-order.ts';

/** A work order of 10,000 packages with its proof and roots, rounded up. */
export const LINE_BYTES_MAX = 8 * 1024 * 1024;
const PATH_CHARACTERS_MAX = 4_096;
const WORD_CHARACTERS_MAX = 200;

/** All that root's part can be asked. There is no shell, no script and no file to write in this list. // decided 31 */
export type RunnerRequest =
  | { readonly kind: 'hello' }
  | { readonly kind: 'roots'; readonly envelopes: readonly Envelope[] }
  | { readonly kind: 'prepare'; readonly offer: Offer; readonly spool: string }
  | { readonly kind: 'start'; readonly job: Hash; readonly grant: string; readonly startByBoottimeMs: number }
  | { readonly kind: 'status'; readonly job: Hash }
  | { readonly kind: 'cancel'; readonly job: Hash; readonly why: string };

/** How a job stands, as agentd reports it on: every phase that was passed, in order, and whether there is an end. */
export interface JobStatus {
  readonly kind: 'status';
  readonly job: Hash;
  readonly standing: 'unknown' | 'armed' | 'canceled' | 'running' | 'finished';
  readonly trail: readonly JobReport[];
}

export type RunnerAnswer =
  | {
      readonly kind: 'hello';
      readonly facts: RunnerFacts | null;
      readonly why: string | null;
      readonly job: Hash | null;
    }
  | { readonly kind: 'roots'; readonly version: number; readonly refused: string | null }
  | { readonly kind: 'report'; readonly report: JobReport }
  | { readonly kind: 'started'; readonly job: Hash }
  | JobStatus
  | { readonly kind: 'error'; readonly code: 'request-unreadable' | 'failed'; readonly detail: string };

/** Null: it is none of them, or has a field that they do not have. */
export function requestOf(value: unknown): RunnerRequest | null {
  if (!isRecord(value)) return null;
  switch (value['kind']) {
    case 'hello':
      return hasOnly(value, []) ? { kind: 'hello' } : null;
    case 'roots':
      return rootsOf(value);
    case 'prepare':
      return prepareOf(value);
    case 'start':
      return startOf(value);
    case 'status':
      return hasOnly(value, ['job']) && isHash(value['job']) ? { kind: 'status', job: value['job'] } : null;
    case 'cancel':
      return cancelOf(value);
    default:
      return null;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function rootsOf(value: Fields): RunnerRequest | null {
  const envelopes = envelopesOf(value['envelopes']);
  return hasOnly(value, ['envelopes']) && envelopes !== null ? { kind: 'roots', envelopes } : null;
}

function prepareOf(value: Fields): RunnerRequest | null {
  const offer = offerOf(value['offer']);
  const { spool } = value;
  if (!hasOnly(value, ['offer', 'spool']) || offer === null) return null;
  const isPath = typeof spool === 'string' && spool.startsWith('/') && spool.length <= PATH_CHARACTERS_MAX;
  return isPath && !spool.includes('\0') ? { kind: 'prepare', offer, spool } : null;
}

function startOf(value: Fields): RunnerRequest | null {
  const { job, grant, startByBoottimeMs } = value;
  if (!hasOnly(value, ['job', 'grant', 'startByBoottimeMs']) || !isHash(job) || !isWord(grant)) return null;
  return typeof startByBoottimeMs === 'number' && Number.isSafeInteger(startByBoottimeMs)
    ? { kind: 'start', job, grant, startByBoottimeMs }
    : null;
}

function cancelOf(value: Fields): RunnerRequest | null {
  const { job, why } = value;
  return hasOnly(value, ['job', 'why']) && isHash(job) && isWord(why) ? { kind: 'cancel', job, why } : null;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= WORD_CHARACTERS_MAX;
}

function hasOnly(value: Fields, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => name === 'kind' || names.includes(name));
}
