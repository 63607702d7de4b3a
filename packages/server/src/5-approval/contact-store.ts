import type { Reader } from '../platform/database.ts';
import type { Contact } from './notice-recipients.ts';

/** People with these logins who still have an account. */
export async function contactsOf(db: Reader, logins: readonly string[]): Promise<Contact[]> {
  if (logins.length === 0) return [];
  return db
    .selectFrom('access.person')
    .select(['login', 'name', 'mail'])
    .where('login', 'in', [...logins])
    .where('disabled_at', 'is', null)
    .orderBy('login')
    .execute();
}
