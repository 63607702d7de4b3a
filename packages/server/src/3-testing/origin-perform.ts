import type { OriginRequest } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { armoredCertificates, type Certificate, canSign, readCertificates } from '@patchsteward/standards/openpgp';
import type { Actor, Changed, Corridor, Wish } from '../platform/corridor.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { newId } from '../platform/ids.ts';
import { type Origin, originName, placeOf } from './origin.ts';
import { insertOrigin, removeOrigin } from './origin-store.ts';
import { REFRESH } from './refresh-schedule.ts';

interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

/** Lets packages come from an origin. Its index is fetched after the commit. */
export async function addOrigin(corridor: Corridor, request: OriginRequest, by: By): Promise<string> {
  const pinned = await pinnedKeys(request, by.at);
  const { url, mirror, suite, components, architectures } = request;
  const origin: Origin = {
    ...{ id: newId(by.at), place: placeOf(url), url, mirror, suite },
    components: [...new Set(components)],
    architectures: [...new Set(architectures)],
    fingerprints: pinned.map(({ fingerprint }) => fingerprint),
    keys: armoredCertificates(pinned),
  };
  return corridor.change(by, async (tx): Promise<Changed<string>> => {
    if (!(await insertOrigin(tx, origin, by.at))) {
      throw new Refusal('origin-exists', `The origin ${originName(origin)} is configured already.`);
    }
    const { keys: _, id, ...said } = origin;
    return {
      value: id,
      leaves: [{ kind: 'origin.added', subject: id, payload: said }],
      wishes: [refreshWish(id)],
    };
  });
}

function refreshWish(id: string): Wish {
  return { kind: REFRESH, key: id, payload: null };
}

/** The certificates in an armored text, which must hold nothing else. */
export async function certificatesIn(keys: string): Promise<readonly Certificate[]> {
  const certificates = await readCertificates(Buffer.from(keys));
  if (certificates === 'private') {
    throw new Refusal('origin-key-unusable', 'This is a private key; nothing of it was kept. Give the public one.');
  }
  if (typeof certificates === 'string') {
    throw new Refusal('origin-key-unusable', 'The keys are not OpenPGP certificates, or too many.');
  }
  return certificates;
}

async function pinnedKeys({ keys, fingerprints }: OriginRequest, now: Instant): Promise<Certificate[]> {
  const certificates = await certificatesIn(keys);
  const missing =
    fingerprints?.filter((wanted) => !certificates.some(({ fingerprint }) => fingerprint === wanted)) ?? [];
  if (missing.length > 0) throw new Refusal('origin-key-unusable', `No key given has the fingerprint ${missing[0]}.`);
  const named = certificates.filter(({ fingerprint }) => fingerprints?.includes(fingerprint) ?? true);
  const usable: Certificate[] = [];
  for (const certificate of named) if (await canSign(certificate, now)) usable.push(certificate);
  if (usable.length > 0) return usable;
  const shown = named.map(({ fingerprint }) => fingerprint).join(', ');
  throw new Refusal('origin-key-unusable', `None of these keys may sign now: ${shown}.`);
}

export async function dropOrigin(corridor: Corridor, id: string, by: By): Promise<void> {
  await corridor.change(by, async (tx): Promise<Changed<void>> => {
    if (!(await removeOrigin(tx, id, by.at))) throw noSuchOrigin(id);
    return {
      value: undefined,
      leaves: [{ kind: 'origin.removed', subject: id, payload: {} }],
      timers: [{ kind: REFRESH, subject: id, due: null }],
    };
  });
}

export function noSuchOrigin(id: string): Refusal {
  return new Refusal('not-found', `There is no origin ${id}.`);
}
