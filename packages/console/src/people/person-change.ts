import type { PersonBody, PersonChange } from '@patchsteward/contract';

/** What differs from what is stored; an absent field stays as it is. */
export function changeOf(
  person: PersonBody,
  draft: { readonly name: string; readonly mail: string; readonly roles: readonly PersonBody['roles'][number][] },
): PersonChange {
  const mail = draft.mail.trim() === '' ? null : draft.mail.trim();
  const sameRoles = person.roles.toSorted().join() === draft.roles.toSorted().join();
  return {
    ...(draft.name.trim() === person.name ? {} : { name: draft.name.trim() }),
    ...(mail === person.mail ? {} : { mail }),
    ...(sameRoles ? {} : { roles: [...draft.roles] }),
  };
}
