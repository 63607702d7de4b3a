import {
  firstWorld,
  type GrantMove,
  type GrantRules,
  type GrantWorld,
  isSettledWorld,
  keyOf,
  movesOf,
} from './grant-world.ts';

export interface GrantSearch {
  readonly worlds: number;
  readonly moves: number;
  /** The shortest way to a broken promise. */
  readonly broken: { readonly promise: NonNullable<GrantMove['broken']>; readonly story: readonly string[] } | null;
  /** Worlds of hosts that are all alive from which no luck but time leads to the end, and the shortest way to one. */
  readonly stuck: { readonly worlds: number; readonly story: readonly string[] } | null;
}

interface Reached {
  readonly world: GrantWorld;
  /** From where and by what it was reached first. */
  readonly from: number;
  readonly by: string;
}

/** Every world that can be reached, in the order of their distance; it ends at the first broken promise. */
export function searchGrants(hosts: number, rules: GrantRules): GrantSearch {
  const first = firstWorld(hosts);
  const reached: Reached[] = [{ world: first, from: -1, by: '' }];
  const numbers = new Map([[keyOf(first), 0]]);
  /** By world: from which worlds it is reached without a death and without a person. */
  const before: number[][] = [[]];
  let moves = 0;
  for (let at = 0; at < reached.length; at += 1) {
    for (const { next, what, broken, unlucky } of movesOf(worldAt(reached, at), rules)) {
      moves += 1;
      if (broken !== null) {
        const story = [...storyOf(reached, at), what];
        return { worlds: reached.length, moves, broken: { promise: broken, story }, stuck: null };
      }
      const key = keyOf(next);
      const known = numbers.get(key);
      const number = known ?? reached.length;
      if (known === undefined) {
        numbers.set(key, number);
        reached.push({ world: next, from: at, by: what });
        before.push([]);
      }
      if (!unlucky) before[number]?.push(at);
    }
  }
  return { worlds: reached.length, moves, broken: null, stuck: stuckIn(reached, before) };
}

function worldAt(reached: readonly Reached[], at: number): GrantWorld {
  const found = reached[at];
  if (found === undefined) throw new RangeError(`no world has the number ${at}`);
  return found.world;
}

/** Backwards from the good ends: what is not met cannot come to one. */
function stuckIn(reached: readonly Reached[], before: readonly (readonly number[])[]): GrantSearch['stuck'] {
  const good = new Uint8Array(reached.length);
  const queue = reached.flatMap(({ world }, at) => (isSettledWorld(world) ? [at] : []));
  for (const at of queue) good[at] = 1;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const earlier of before[at] ?? []) {
      if (good[earlier] === 1) continue;
      good[earlier] = 1;
      queue.push(earlier);
    }
  }
  const stuck = reached.flatMap(({ world }, at) => (good[at] === 0 && isAlive(world) ? [at] : []));
  const [nearest] = stuck;
  return nearest === undefined ? null : { worlds: stuck.length, story: storyOf(reached, nearest) };
}

function isAlive({ hosts }: GrantWorld): boolean {
  return hosts.every(({ agent: { is } }) => is !== 'dead' && is !== 'dead-down');
}

function storyOf(reached: readonly Reached[], at: number): string[] {
  const story: string[] = [];
  for (let one = reached[at]; one !== undefined && one.from >= 0; one = reached[one.from]) story.push(one.by);
  return story.reverse();
}
