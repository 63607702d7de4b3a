import { HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { HostSim } from '../host/host-sim.ts';
import type { Fault } from './faults.ts';
import { BEFORE } from './fleet.ts';
import type { World } from './world.ts';

/** On average one of these in so long for the whole fleet, whatever its size. */
const EVERY_MS = 6 * MINUTE_MS;
const BACKUP_EVERY_MS = 8 * HOUR_MS;
const LONG_MS_MAX = HOUR_MS;
/** Unless the server tells of it first. */
const CLONE_MS_MAX = 3 * HOUR_MS;
/** Of hosts that get the update when the release is bad. */
const SICK_SHARES = [0.1, 0.3, 1] as const;

/** Faults that somebody or something does to a host, and how. */
const DEEDS: Readonly<Partial<Record<Fault, (world: World, host: HostSim) => void>>> = {
  partition: (world, host) => {
    world.network.cutOff.set(host.name, world.scheduler.now + world.dice.below(LONG_MS_MAX));
  },
  'agent-killed': (_, host) => host.killAgent(),
  'runner-killed': (_, host) => host.killRunner(),
  'power-lost': (world, host) => host.losePower(world.dice.between(MINUTE_MS, HOUR_MS)),
  'lock-held': (world, host) => {
    host.lockedUntil = world.scheduler.now + world.dice.below(HOUR_MS);
  },
  'disk-full': (world, host) => {
    host.disk.full = true;
    world.scheduler.after(world.dice.below(HOUR_MS), () => {
      host.disk.full = false;
    });
  },
  'host-gone': (_, host) => host.leaveForGood(),
  'clock-jumps': (world, host) => {
    host.clockAheadMs = world.dice.between(-25, 25) * HOUR_MS;
    world.scheduler.after(world.dice.below(LONG_MS_MAX), () => {
      host.clockAheadMs = 0;
    });
  },
  'backup-vanishes': (world, host) => {
    const { backups } = world.database.tables;
    const known = backups.get(host.assetId);
    // Gone already; whoever took it brings it back.
    if (known === undefined || known.proof === null) return;
    backups.set(host.assetId, { ...known, proof: null });
    world.promises.onBackup(host.assetId, false);
    world.scheduler.after(world.dice.below(LONG_MS_MAX), () => {
      backups.set(host.assetId, known);
      world.promises.onBackup(host.assetId, true);
      world.sleepers.disturb(host.assetId);
    });
  },
  'host-cloned': (world, host) => {
    if (!host.up || world.hasClone(host)) return;
    world.cloneOf(host);
    world.scheduler.after(world.dice.below(CLONE_MS_MAX), () => world.removeClones(host.assetId));
  },
  'snapshot-restored': (world, host) => {
    const snapshot = host.takeSnapshot();
    world.scheduler.after(world.dice.below(LONG_MS_MAX), () => {
      if (!world.faults.healed) host.restore(snapshot, world.dice.between(1_000, MINUTE_MS));
    });
  },
  'somebody-drifts': (_, host) => {
    if (!host.runner.isBusy) host.versions.set('openssl', `${BEFORE}+local`);
  },
};

/** From now until the world heals things go wrong, one after the other. */
export function letLoose(world: World): void {
  const { dice, faults, scheduler } = world;
  world.database.calm = false;
  if (faults.isOn('bad-release')) makeSick(world);
  if (world.scene.badHosts !== null) drawBad(world, world.scene.badHosts);
  const kinds = (Object.keys(DEEDS) as Fault[]).filter((kind) => faults.isOn(kind)); // Its keys are written above.
  const next = (): void => {
    if (faults.healed || kinds.length === 0) return;
    const kind = dice.any(kinds);
    const host = victim(world);
    if (kind !== undefined && host !== undefined && mayStrike(world, kind)) {
      faults.count(kind);
      world.tell(kind, host.name);
      DEEDS[kind]?.(world, host);
      world.sleepers.disturb(host.assetId);
    }
    scheduler.after(pause(world), next);
  };
  scheduler.after(pause(world), next);
  scheduler.at(world.healsAt, () => heal(world));
  takeBackups(world);
}

/** What the organization does anyhow; a backup that somebody lost comes back with the next one. */
function takeBackups(world: World): void {
  const { backups } = world.database.tables;
  const now = world.scheduler.now;
  for (const [assetId, fact] of backups) {
    const { proof } = fact;
    if (proof !== null) backups.set(assetId, { ...fact, proof: { ...proof, takenAt: now, checkedAt: now } });
  }
  world.sleepers.disturbAll();
  world.scheduler.after(BACKUP_EVERY_MS, () => takeBackups(world));
}

/** Any host, and as often one of those at work: there a cut hurts. */
function victim({ dice, hosts }: World): HostSim | undefined {
  const left = hosts.filter(({ gone }) => !gone);
  const busy = left.filter(({ runner }) => runner.isBusy);
  return busy.length > 0 && dice.chance(0.5) ? dice.any(busy) : dice.any(left);
}

function pause({ dice }: World): Instant {
  return dice.between(MINUTE_MS, 2 * EVERY_MS);
}

/** Whoever goes for good is missed for ever: it stays rare. */
function mayStrike({ dice }: World, kind: Fault): boolean {
  return kind !== 'host-gone' || dice.chance(0.1);
}

function makeSick(world: World): void {
  const share = world.dice.one(SICK_SHARES);
  for (const host of world.hosts) {
    if (!world.dice.chance(share)) continue;
    host.isSick = true;
    world.faults.count('bad-release');
  }
}

/** Each host as likely as any other. */
function drawBad({ dice, hosts, badHosts }: World, count: number): void {
  const left = [...hosts];
  for (let drawn = 0; drawn < count && left.length > 0; drawn += 1) {
    const [host] = left.splice(dice.below(left.length), 1);
    if (host === undefined) continue;
    host.isSick = true;
    badHosts.add(host);
  }
}

function heal(world: World): void {
  world.faults.healed = true;
  world.database.calm = true;
  world.network.cutOff.clear();
  for (const host of world.hosts) host.clockAheadMs = 0;
  for (const clone of world.clones) clone.leaveForGood();
  world.sleepers.disturbAll();
  world.tell('healed', 'world');
}
