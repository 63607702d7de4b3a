import type { FeedBody, ProviderLook } from '@patchsteward/contract';
import { DAY_MS, HOUR_MS, wire } from './fake-assets.ts';

export const FAKE_PINNED = '4F1E0A7C'.repeat(5);
const NEW_KEY = '9B22D0E5'.repeat(5);

/** A provider of CSAF whose key is another one since yesterday. */
export const FAKE_PROVIDER: FeedBody = {
  ...{ feed: 'acme-psirt', form: 'csaf', gives: 'claims', own: true, enabled: true, failures: 7 },
  ...{ title: 'Acme PSIRT', url: 'https://psirt.acme.example', state: 'failed', records: 412, quarantined: 0 },
  ...{ dataAsOf: wire(-2 * DAY_MS), importedAt: wire(-2 * DAY_MS), sha256: `sha256:${'12'.repeat(32)}` },
  lastError: 'Acme PSIRT serves none of the keys that are pinned for it.',
  nextAttemptAt: wire(HOUR_MS),
};

export const FAKE_LOOK: ProviderLook = {
  ...{ name: 'Acme PSIRT', isTrusted: true, feeds: ['https://psirt.acme.example/feed.json'], directories: [] },
  url: 'https://psirt.acme.example/.well-known/csaf/provider-metadata.json',
  keys: [
    {
      ...{ url: 'https://psirt.acme.example/key.asc', named: NEW_KEY, fingerprint: NEW_KEY, state: 'served' },
      ...{ userIds: ['Acme PSIRT <psirt@acme.example>'], expiresAt: wire(700 * DAY_MS) },
    },
  ],
};
