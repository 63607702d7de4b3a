import type { Handlers } from './http/bind.ts';
import type { LoadedPolicy } from './policy-file.ts';

export function policyRoutes({ policy, hash, file }: LoadedPolicy): Handlers<'policy.show'> {
  return { 'policy.show': async () => ({ policy, hash, file }) };
}
