import type { OriginRequest } from '@patchsteward/contract';
import { strings } from '../platform/strings.ts';

const words = strings.origins;

export interface OriginDraft {
  readonly url: string;
  readonly mirror: string;
  readonly suite: string;
  readonly components: string;
  readonly architectures: string;
  readonly keys: string;
}

export const EMPTY_ORIGIN: OriginDraft = {
  url: '',
  mirror: '',
  suite: '',
  components: '',
  architectures: '',
  keys: '',
};

/** The names of the fields without which nothing can be asked; null: all are there. */
export function missingOf({ url, suite, architectures, keys }: OriginDraft): string | null {
  const missing = [
    [words.url, url],
    [words.suite, suite],
    [words.architecturesField, architectures],
    [words.keysField, keys],
  ].flatMap(([name, value]) => (value?.trim() === '' ? [name] : []));
  return missing.length === 0 ? null : missing.join(', ');
}

/** What is sent once fingerprints were compared. */
export function requestOf(draft: OriginDraft, fingerprints: readonly string[]): OriginRequest {
  return {
    url: draft.url.trim(),
    mirror: draft.mirror.trim() === '' ? null : draft.mirror.trim(),
    suite: draft.suite.trim(),
    components: parts(draft.components),
    architectures: parts(draft.architectures),
    keys: draft.keys,
    fingerprints: [...fingerprints],
  };
}

function parts(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** In groups of four, as people read fingerprints aloud. */
export function spaced(fingerprint: string): string {
  return fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
