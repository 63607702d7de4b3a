import type { ProviderLook } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { canSign } from '@patchsteward/standards/openpgp';
import { readProviderKeys, type ServedKey } from '../connectors/csaf-provider.ts';
import { askingOf } from '../connectors/origin-bytes.ts';
import type { Actor, Changed } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { FetchTools } from './feeds-fetch.ts';
import { feedNamed } from './feeds-registry.ts';
import { FETCH_TIMER_KIND, readFeedRows } from './feeds-store.ts';
import { putPinnedKeys, readPinnedKeys } from './provider-store.ts';

/** What a provider says of itself, and the keys that it serves. Nothing is kept. // CSAF 2.0 §7.1 */
export async function lookAtProvider(
  { clock, origin }: Pick<FetchTools, 'clock' | 'origin'>,
  address: string,
  signal: AbortSignal,
): Promise<ProviderLook> {
  const { url, provider, keys } = await readProviderKeys(askingOf(origin, signal), address);
  const { name, isTrusted, feeds, directories } = provider;
  return {
    ...{ name, url: url.href, isTrusted, feeds: [...feeds], directories: [...directories] },
    keys: await Promise.all(keys.map((key) => keyBody(key, clock()))),
  };
}

async function keyBody({ url, named, certificate }: ServedKey, now: Instant): Promise<ProviderLook['keys'][number]> {
  if (certificate === null) return { url, named, fingerprint: null, userIds: [], expiresAt: null, state: 'not-served' };
  const { fingerprint, userIds, expiresAt } = certificate;
  const until = expiresAt === null ? null : new Date(expiresAt).toISOString();
  const state = stateOf(named, fingerprint, await canSign(certificate, now));
  return { url, named, fingerprint, userIds: [...userIds], expiresAt: until, state };
}

function stateOf(named: string | null, fingerprint: string, usable: boolean) {
  if (!usable) return 'unusable';
  return named !== null && named !== fingerprint ? 'another-key' : 'served';
}

interface Pinning {
  readonly fingerprints: readonly string[];
  readonly why: string;
}

/** A person compared the keys: these count from now on, and the provider is asked again. // SOP P1.1 */
export async function pinKeys(
  { corridor, mirrors }: Pick<FetchTools, 'corridor' | 'mirrors'>,
  feed: string,
  { fingerprints: given, why }: Pinning,
  by: { readonly actor: Actor; readonly at: Instant },
): Promise<void> {
  const fingerprints = [...new Set(given.map((one) => one.toUpperCase()))].sort();
  await corridor.change(by, async (tx): Promise<Changed<void>> => {
    const { form, enabled } = feedNamed(await readFeedRows(tx), mirrors, feed);
    if (form !== 'csaf') throw new Refusal('feed-not-addable', 'Keys are pinned for a provider of CSAF alone.');
    const before = await readPinnedKeys(tx, feed);
    await putPinnedKeys(tx, feed, fingerprints);
    return {
      value: undefined,
      leaves: [{ kind: 'feed.keys-pinned', subject: feed, payload: { before: [...before], fingerprints, why } }],
      timers: enabled ? [{ kind: FETCH_TIMER_KIND, subject: feed, due: by.at }] : [],
    };
  });
}
