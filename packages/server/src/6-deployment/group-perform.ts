import type { MaintenanceGroupChange } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { isZone } from '@patchsteward/standards/zones';
import type { Actor, Corridor, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { decideGroupChange, removalLeaf } from './group-change.ts';
import { deleteGroup, type Group, insertGroup, lockGroup, readGroup, updateGroup } from './group-store.ts';

interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

export async function changeGroup(
  corridor: Corridor,
  name: string,
  wished: MaintenanceGroupChange,
  by: By,
): Promise<void> {
  if (!isZone(wished.zone)) {
    throw new Refusal('bad-request', `There is no zone ${wished.zone}.`, {
      details: [{ path: 'body.zone', problem: 'must be an IANA name, as in Europe/Berlin or UTC' }],
    });
  }
  await corridor.change(by, async (tx) => {
    const decision = decideGroupChange(name, await lockGroup(tx, name), wished);
    switch (decision.kind) {
      case 'conflict':
        throw seenOther(name, decision.version, wished.version);
      case 'unchanged':
        return { value: undefined };
      case 'change':
        await storeGroup(tx, decision.group, wished.version);
        // A campaign that waits for a window must not wait for its next look as well.
        return { value: undefined, leaves: [decision.leaf], wishes: [progressOf(name)] };
    }
  });
}

function progressOf(group: string): Wish {
  return { kind: 'group.progress', key: group, payload: null };
}

async function storeGroup(tx: Tx, group: Group, seen: number): Promise<void> {
  if (seen > 0) return updateGroup(tx, group);
  if (!(await insertGroup(tx, group))) throw seenOther(group.name, 1, seen);
}

function seenOther(name: string, version: number, seen: number): Refusal {
  return new Refusal(
    'conflict',
    `The group ${name} is at version ${version}, the change was made for version ${seen}.`,
  );
}

/** An asset that lost its windows by somebody else's hand would never be patched: the group must be empty first. */
export async function removeGroup(corridor: Corridor, name: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const group = await lockGroup(tx, name);
    if (group === undefined) throw noSuchGroup(name);
    const { assets = 0 } = (await readGroup(tx, name)) ?? {};
    if (assets > 0) {
      throw new Refusal('conflict', `${assets} assets are in the group ${name}; give them another one first.`);
    }
    await deleteGroup(tx, name);
    return { value: undefined, leaves: [removalLeaf(group)] };
  });
}

export function noSuchGroup(name: string): Refusal {
  return new Refusal('not-found', `There is no maintenance group ${name}.`);
}
