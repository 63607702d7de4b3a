import type { ManagedEcosystem } from '@patchsteward/core/plan';
import type { ActingManager } from './acting.ts';
import { actingDeb } from './deb/acting.ts';
import { actingRpm } from './rpm/acting.ts';

const ACTING: Readonly<Record<ManagedEcosystem, ActingManager>> = { deb: actingDeb, rpm: actingRpm };

/** Who carries out a work order of this family. */
export function actingManagerFor(ecosystem: ManagedEcosystem): ActingManager {
  return ACTING[ecosystem];
}

/** Null: nothing acts on packages of this family yet. */
export function actingManagerIfAny(ecosystem: string): ActingManager | null {
  return ecosystem === 'deb' || ecosystem === 'rpm' ? ACTING[ecosystem] : null;
}
