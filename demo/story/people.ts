import type { Role } from '@patchsteward/core/vocabulary';

interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Whose signature counts: an auditor reads. */
  readonly signs: boolean;
}

export const ORGANIZATION = 'Harbor Works (demo)';

/** One for each role, and a second administrator: two of them sign who may sign what. */
export const PEOPLE = [
  { login: 'ada', name: 'Ada Winter', roles: ['admin'], signs: true },
  { login: 'cara', name: 'Cara Holm', roles: ['change'], signs: true },
  { login: 'ivy', name: 'Ivy Brandt', roles: ['it'], signs: true },
  { login: 'nora', name: 'Nora Lind', roles: ['auditor'], signs: false },
  { login: 'otto', name: 'Otto Frey', roles: ['owner'], signs: true },
  { login: 'rolf', name: 'Rolf Stein', roles: ['admin'], signs: true },
  { login: 'sam', name: 'Sam Okoye', roles: ['security'], signs: true },
] as const satisfies readonly DemoPerson[];

export type DemoLogin = (typeof PEOPLE)[number]['login'];
export const ROOT_SIGNERS = ['ada', 'rolf'] as const satisfies readonly DemoLogin[];
export const PROBER = 'vault-1';
