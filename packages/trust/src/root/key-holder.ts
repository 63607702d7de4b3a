import type { Hash } from '@patchsteward/core/vocabulary';
import { keyIdOf, type PublicKey } from '../keys/index.ts';
import type { RootMachine, RootPerson, TrustRoot } from './root-codec.ts';

export type KeyHolder =
  | {
      readonly kind: 'person';
      readonly person: RootPerson;
      readonly key: PublicKey;
      readonly keyClass: 'cli' | 'console';
    }
  | { readonly kind: 'machine'; readonly machine: RootMachine; readonly key: PublicKey };

/** Who holds which key, by the key's own hash: what an envelope says of its keys is only a place to look. */
export function keyHolders({ people, machines }: TrustRoot): ReadonlyMap<Hash, KeyHolder> {
  const holders = new Map<Hash, KeyHolder>();
  for (const person of people) {
    for (const { class: keyClass, key } of person.keys) {
      holders.set(keyIdOf(key), { kind: 'person', person, key, keyClass });
    }
  }
  for (const machine of machines) {
    holders.set(keyIdOf(machine.key), { kind: 'machine', machine, key: machine.key });
  }
  return holders;
}
