import type { Instant } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { timestamp } from '../column-types.ts';
import type { Reader, Tx } from '../database.ts';
import type { StoredPasskey } from './passkey-state.ts';

/** Of one installation: every person with every device, and those that left. */
const PASSKEYS_SHOWN_MAX = 5_000;

interface PasskeyScope {
  readonly personId?: string;
}

/** With those that were removed here: the root may name them still. The oldest first. */
export async function storedPasskeys(db: Reader, { personId }: PasskeyScope = {}): Promise<StoredPasskey[]> {
  const rows = await db
    .selectFrom('access.passkey as passkey')
    .innerJoin('access.person as person', 'person.id', 'passkey.person_id')
    .select(['passkey.id', 'person.login', 'passkey.label', 'passkey.credential_id as credentialId', 'passkey.keyid'])
    .select(['passkey.public_key as publicKey', 'passkey.site', 'passkey.created_at as createdAt'])
    .select(['passkey.last_used_at as lastUsedAt', 'passkey.removed_at as removedAt'])
    .$if(personId !== undefined, (query) => query.where('passkey.person_id', '=', personId ?? ''))
    .orderBy('passkey.created_at')
    .orderBy('passkey.id')
    .limit(PASSKEYS_SHOWN_MAX)
    .execute();
  return rows.map(({ keyid, ...row }) => {
    if (!isHash(keyid)) throw new TypeError(`a stored passkey has no key id: ${row.id}`);
    return { ...row, keyid };
  });
}

/** False where the key, or the credential, is kept already. */
export async function insertPasskey(tx: Tx, personId: string, passkey: StoredPasskey): Promise<boolean> {
  const inserted = await tx
    .insertInto('access.passkey')
    .values({
      id: passkey.id,
      person_id: personId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      site: passkey.site,
      keyid: passkey.keyid,
      label: passkey.label,
      created_at: timestamp(passkey.createdAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return inserted.length > 0;
}

/** What changed; undefined where this person has no such passkey. */
export function changePasskey(
  tx: Tx,
  { personId, id }: { readonly personId: string; readonly id: string },
  change: { readonly label: string } | { readonly removedAt: Instant },
): Promise<{ keyid: string; label: string } | undefined> {
  return tx
    .updateTable('access.passkey')
    .set('label' in change ? { label: change.label } : { removed_at: timestamp(change.removedAt) })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .returning(['keyid', 'label'])
    .executeTakeFirst();
}

/** A signature was taken. That the key is no passkey is no mistake: then there is no such row. */
export async function touchPasskey(tx: Tx, keyid: string, now: Instant): Promise<void> {
  await tx
    .updateTable('access.passkey')
    .set({ last_used_at: timestamp(now) })
    .where('keyid', '=', keyid)
    .execute();
}

/** The one offer of a person; an earlier one is void. */
export async function keepOffer(
  db: Reader,
  offer: { readonly personId: string; readonly payload: string; readonly expiresAt: Instant },
): Promise<void> {
  const given = { payload: offer.payload, expires_at: timestamp(offer.expiresAt) };
  await db
    .insertInto('access.passkey_offer')
    .values({ person_id: offer.personId, ...given })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(given))
    .execute();
}

/** Takes the offer away: it is good for one passkey. */
export async function takeOffer(tx: Tx, personId: string, now: Instant): Promise<string | null> {
  const offer = await tx
    .deleteFrom('access.passkey_offer')
    .where('person_id', '=', personId)
    .returning(['payload', 'expires_at'])
    .executeTakeFirst();
  return offer !== undefined && offer.expires_at > now ? offer.payload : null;
}
