import { APPROVAL_GUARDS } from './approval.ts';
import type { Guard } from './case.ts';
import { DEPLOYMENT_GUARDS } from './deployment.ts';
import { EVALUATION_GUARDS } from './evaluation.ts';
import { TESTING_GUARDS } from './testing.ts';

/** Every guard of the table, by name. */
export const GUARDS = {
  ...EVALUATION_GUARDS,
  ...TESTING_GUARDS,
  ...APPROVAL_GUARDS,
  ...DEPLOYMENT_GUARDS,
} as const;

export type GuardName = keyof typeof GUARDS;
export type Guards = Readonly<Record<GuardName, Guard>>;
