import { CRITICALITIES, type Criticality, type Environment, type Reason, reasonOf } from '../vocabulary/index.ts';

/** How much an asset matters, and whether it is a test ring: as people say it, and as the host itself is pinned to it. */
export interface Labels {
  readonly environment: Environment;
  readonly criticality: Criticality;
}

/** Neither side can make a host matter less than the other says. // decided 14, 24 */
export function stricterLabels(said: Labels, pinned: Labels): Labels {
  return {
    // A host is a test ring only by its own word, and only where nobody says otherwise.
    environment: said.environment === 'production' ? said.environment : pinned.environment,
    criticality: stricterCriticality(said.criticality, pinned.criticality),
  };
}

function stricterCriticality(said: Criticality, pinned: Criticality): Criticality {
  return CRITICALITIES[Math.max(CRITICALITIES.indexOf(said), CRITICALITIES.indexOf(pinned))] ?? said;
}

/** What people and a host say differently of it. What nobody said contradicts nothing. */
export function labelReasons(name: string, said: Labels, pinned: Labels): readonly Reason[] {
  const environment = said.environment !== 'unknown' && said.environment !== pinned.environment;
  return [
    ...(environment ? [reasonOf('environment-differs', name)] : []),
    ...(said.criticality === pinned.criticality ? [] : [reasonOf('criticality-differs', name)]),
  ];
}
