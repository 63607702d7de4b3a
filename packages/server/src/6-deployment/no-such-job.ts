import { Refusal } from '../platform/http/refusal.ts';

/** Of another host or of nobody: whoever asks is told the same. */
export function noSuchJob(key: string): Refusal {
  return new Refusal('not-found', `There is no job ${key} for this host.`);
}
