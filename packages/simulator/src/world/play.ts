import { isEnd } from '@patchsteward/core/campaign';
import { checkLiveness } from '../promises/liveness.ts';
import type { Broken } from '../promises/promises.ts';
import { checkStories } from '../promises/stories.ts';
import { ENGINE, type Engine } from './engine.ts';
import { FAULTS, type Fault } from './faults.ts';
import { letLoose } from './mischief.ts';
import { SWARM } from './scene.ts';
import type { Told } from './trace.ts';
import { World } from './world.ts';

export interface Played {
  readonly seed: number;
  readonly digest: string;
  readonly broken: readonly Broken[];
  /** Every host of the plan was asked, and production is watched. */
  readonly deployed: boolean;
  readonly ended: string;
  readonly hosts: number;
  readonly events: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly story: readonly Told[];
}

export interface PlayOptions {
  readonly engine?: Engine;
  readonly faults?: readonly Fault[];
  readonly keepStory?: boolean;
}

const DONE: ReadonlySet<string> = new Set(['monitoring', 'audited']);

/** From its beginning to its end, and then what is owed. What the product throws is a bug of this world. */
export async function live(world: World, isOver: () => boolean): Promise<void> {
  const { scheduler, promises, people } = world;
  scheduler.begin(async () => {
    await people.open();
    for (const host of world.hosts) host.start();
    letLoose(world);
  });
  try {
    await scheduler.run(world.endsAt, () => promises.broken.length > 0 || isOver());
    checkStories(world);
    checkLiveness(world);
  } catch (error) {
    // What escapes from the product is a bug of this seed, and no end of all the others.
    world.fell(error);
  }
  world.tell('ended', world.campaign?.name ?? 'nothing');
}

/** One seed from its beginning to its end: the same one each time. */
export async function play(seed: number, options: PlayOptions = {}): Promise<Played> {
  const { engine = ENGINE, faults = FAULTS, keepStory = false } = options;
  const world = new World({ seed, scene: SWARM, engine, faults, keepStory });
  const { scheduler, promises, trace } = world;
  await live(world, () => {
    const name = world.campaign?.name;
    // What is left as it is for a time opens again.
    const isLeft = name === 'risk-accepted';
    return name !== undefined && (DONE.has(name) || (isEnd(name) && !isLeft));
  });
  const ended = world.campaign?.name ?? 'nothing';
  return {
    ...{ seed, digest: trace.digest, broken: promises.broken, deployed: DONE.has(ended), ended },
    ...{ hosts: world.hosts.length, events: scheduler.events, counts: trace.counts, story: trace.story },
  };
}
