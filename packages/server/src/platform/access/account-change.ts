import type { PersonChange } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { JsonValue } from '../column-types.ts';
import type { Account } from './people-store.ts';

/** Before and after of what differs. Secrets are not among it. // SOP P7.1 */
type Differences = Readonly<Record<string, { readonly before: JsonValue; readonly after: JsonValue }>>;

export type AccountChange =
  | { readonly kind: 'last-administrator' }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'change';
      readonly account: Account;
      readonly differences: Differences;
      /** Sessions and tokens end: the person may not come in any more, or may do less than these could. */
      readonly leaves: boolean;
    };

/** What a wished change does to an account. Somebody who can administer must always be left. */
export function decideAccountChange(
  before: Account,
  wished: PersonChange,
  { administrators, now }: { readonly administrators: readonly string[]; readonly now: Instant },
): AccountChange {
  const after: Account = {
    ...before,
    name: wished.name ?? before.name,
    roles: wished.roles === undefined ? before.roles : [...new Set(wished.roles)].sort(),
    mail: wished.mail === undefined ? before.mail : wished.mail,
    disabledAt: disabledAtOf(before, wished.disabled, now),
  };
  const administered = after.disabledAt === null && after.roles.includes('admin');
  const others = administrators.filter((login) => login !== before.login);
  const wasAdministrator = administrators.includes(before.login);
  if (wasAdministrator && !administered && others.length === 0) return { kind: 'last-administrator' };

  const differences = differencesOf(before, after);
  if (Object.keys(differences).length === 0) return { kind: 'unchanged' };
  return { kind: 'change', account: after, differences, leaves: after.disabledAt !== null };
}

function disabledAtOf(before: Account, disabled: boolean | undefined, now: Instant): Instant | null {
  if (disabled === undefined) return before.disabledAt;
  return disabled ? (before.disabledAt ?? now) : null;
}

function differencesOf(before: Account, after: Account): Differences {
  const pairs: readonly (readonly [string, JsonValue, JsonValue])[] = [
    ['name', before.name, after.name],
    ['roles', [...before.roles].sort(), [...after.roles].sort()],
    ['mail', before.mail, after.mail],
    ['disabled', before.disabledAt !== null, after.disabledAt !== null],
  ];
  return Object.fromEntries(
    pairs
      .filter(([, old, value]) => JSON.stringify(old) !== JSON.stringify(value))
      .map(([name, old, value]) => [name, { before: old, after: value }]),
  );
}
