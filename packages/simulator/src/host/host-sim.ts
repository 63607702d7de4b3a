import type { Exit } from '@patchsteward/agent/engine';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';
import { AgentSim } from './agent-sim.ts';
import { ModelDisk } from './disk.ts';
import { departuresOn, RunnerSim } from './runner-sim.ts';

const BOOT_MS_MAX = 2 * MINUTE_MS;
const INSTALL_MS_MIN = 5_000;
const INSTALL_MS_MAX = MINUTE_MS;
const RESTART_MS = 5_000;

/** What a snapshot of a virtual machine keeps; in the middle of an installation nothing is whole. */
export interface Snapshot {
  readonly files: ReadonlyMap<string, object>;
  readonly versions: ReadonlyMap<string, string>;
  readonly broken: ReadonlySet<string>;
}

export interface UnitRun {
  exit: Exit | null;
  readonly endsAt: Instant;
}

/** A machine: packages, a disk, a clock, and what runs on it. */
export class HostSim {
  readonly world: World;
  readonly assetId: string;
  readonly name: string;
  readonly disk: ModelDisk;
  readonly versions = new Map<string, string>();
  /** Packages that are neither the one version nor the other. // rollout §0.3 */
  readonly broken = new Set<string>();
  units = new Map<string, UnitRun>();
  up = true;
  gone = false;
  boots = 1;
  bootedAt: Instant;
  /** How far its wall clock is ahead of the truth. */
  clockAheadMs = 0;
  /** Somebody else works with the package manager until then. */
  lockedUntil: Instant = 0;
  /** After the upgrade what should run does not. */
  isSick = false;
  /** The release was installed here once, whatever came of it. */
  hadTarget = false;
  /** It was started from the disk of another machine. */
  isCopy = false;
  /** What it fetched is not what was signed. */
  hasOtherBytes = false;
  agent: AgentSim;
  runner: RunnerSim;

  constructor(world: World, assetId: string, name: string) {
    this.world = world;
    this.assetId = assetId;
    this.name = name;
    this.disk = new ModelDisk(world.dice);
    this.bootedAt = world.scheduler.now;
    this.runner = new RunnerSim(this);
    this.agent = new AgentSim(this);
  }

  get wallClock(): Instant {
    return this.world.scheduler.now + this.clockAheadMs;
  }

  get boottimeMs(): number {
    return this.world.scheduler.now - this.bootedAt;
  }

  get bootId(): string {
    return `${this.name}-boot-${this.boots}`;
  }

  get runsTarget(): boolean {
    return [...this.versions.values()].every((version) => version === this.world.target);
  }

  start(): void {
    this.runner.start();
    this.agent.start();
  }

  killAgent(): void {
    if (!this.agent.process.alive) return;
    this.#tell('agent-killed');
    this.agent.process.kill();
    this.world.scheduler.after(RESTART_MS, () => {
      if (this.up && !this.agent.process.alive) this.agent.start();
    });
  }

  /** What the package manager does goes on without it. */
  killRunner(): void {
    if (!this.runner.process.alive) return;
    this.#tell('runner-killed');
    this.runner.process.kill();
    if (this.world.engine.slips.has('package-manager-killed')) this.#killUnits();
    this.world.scheduler.after(RESTART_MS, () => {
      if (this.up && !this.runner.process.alive) this.runner.start();
    });
  }

  #killUnits(): void {
    for (const unit of this.units.values()) {
      if (unit.exit !== null) continue;
      this.world.promises.onSignal(this);
      unit.exit = { kind: 'exited', code: 143 };
      this.#leaveHalfDone();
    }
  }

  /** Everything that ran is gone; a package manager leaves its work half done. */
  powerOff(): void {
    if (!this.up) return;
    this.up = false;
    this.agent.process.kill();
    this.runner.process.kill();
    for (const unit of this.units.values()) if (unit.exit === null) this.#leaveHalfDone();
    this.units = new Map();
    this.disk.losePower();
  }

  powerOn(): void {
    if (this.up || this.gone) return;
    this.up = true;
    this.boots += 1;
    this.bootedAt = this.world.scheduler.now;
    this.#tell('booted');
    this.start();
  }

  losePower(offMs: number): void {
    if (!this.up) return;
    this.#tell('power-lost');
    this.powerOff();
    this.world.scheduler.after(offMs, () => this.powerOn());
  }

  reboot(): void {
    this.#tell('reboot');
    this.world.promises.onReboot(this);
    this.powerOff();
    const { dice, faults } = this.world;
    const hangs = faults.strikes('reboot-hangs', 0.3);
    if (hangs) this.#tell('reboot-hangs');
    const bootMs = dice.between(5_000, BOOT_MS_MAX);
    this.world.scheduler.after(hangs ? bootMs + this.world.people.powerCycleMs() : bootMs, () => this.powerOn());
  }

  takeSnapshot(): Snapshot {
    const isAtWork = [...this.units.values()].some(({ exit }) => exit === null);
    const broken = isAtWork ? this.versions.keys() : this.broken;
    return { files: this.disk.image(), versions: new Map(this.versions), broken: new Set(broken) };
  }

  /** Somebody sets it back: what it did since then it does not know, and was never done. */
  restore(snapshot: Snapshot, offMs: number): void {
    if (!this.up) return;
    this.#tell('snapshot-restored');
    this.powerOff();
    this.#take(snapshot);
    this.world.promises.onRestored(this, departuresOn(this.disk));
    this.world.scheduler.after(offMs, () => this.powerOn());
  }

  becomeCopyOf(host: HostSim): void {
    this.isCopy = true;
    this.isSick = host.isSick;
    this.#tell('host-cloned');
    this.#take(host.takeSnapshot());
    this.world.promises.onCopied(this, host);
  }

  #take({ files, versions, broken }: Snapshot): void {
    this.disk.becomeImage(files);
    this.versions.clear();
    for (const [name, version] of versions) this.versions.set(name, version);
    this.broken.clear();
    for (const name of broken) this.broken.add(name);
  }

  leaveForGood(): void {
    if (this.gone) return;
    this.#tell('host-gone');
    this.powerOff();
    this.gone = true;
  }

  /** A package manager at work on these changes; it lives on when everything of ours dies. */
  runUnit(name: string, changes: readonly PackageChange[], leaf: Leaf, isLast: boolean): void {
    const { dice, scheduler } = this.world;
    const unit: UnitRun = { exit: null, endsAt: scheduler.now + dice.between(INSTALL_MS_MIN, INSTALL_MS_MAX) };
    this.units.set(name, unit);
    this.world.promises.onUnit(this, changes, leaf);
    scheduler.at(unit.endsAt, () => {
      if (this.units.get(name) !== unit || unit.exit !== null) return;
      unit.exit = { kind: 'exited', code: isLast ? this.#install(changes) : 0 };
    });
  }

  /** The exit code. */
  #install(changes: readonly PackageChange[]): number {
    const { faults } = this.world;
    if (faults.strikes('install-fails', 0.3)) {
      this.#tell('install-fails');
      return 100;
    }
    if (faults.strikes('install-half-done', 0.3)) {
      this.#tell('install-half-done');
      this.#leaveHalfDone();
      return 100;
    }
    for (const change of changes) this.apply(change);
    return 0;
  }

  apply({ name, to }: PackageChange): void {
    this.broken.delete(name);
    if (to === this.world.target) this.hadTarget = true;
    if (to === null) this.versions.delete(name);
    else this.versions.set(name, to);
  }

  #leaveHalfDone(): void {
    const { dice } = this.world;
    for (const name of this.versions.keys()) if (dice.chance(0.5)) this.broken.add(name);
  }

  #tell(what: string): void {
    this.world.tell(what, this.name);
  }
}
