import { onePatch } from './story/one-patch.ts';
import type { World } from './world.ts';

/** Told in a world that was founded; each leaves hosts and campaigns so that the next can be told. */
export interface Scenario {
  readonly name: string;
  readonly tell: (world: World) => Promise<void>;
}

/** In this order, in one world: to set one up takes longer than to tell one. */
export const SCENARIOS: readonly Scenario[] = [{ name: 'one patch walks through all seven rooms', tell: onePatch }];
