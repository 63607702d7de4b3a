import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PackageChange } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { Guard } from '@patchsteward/trust/authorize';
import { RunnerClient, type RunnerQuestion } from '../../agentd/runner-client.ts';
import { DebianRoot } from '../../package-managers/deb/testing/debian-root.ts';
import { buildPackage, type TestPackage } from '../../package-managers/deb/testing/test-repository.ts';
import { pidsWithWriteLocks } from '../../package-managers/lock-holder.ts';
import { pinHost } from '../../pin.ts';
import type { JobStatus, RunnerAnswer } from '../protocol.ts';
import type { Offer } from '../work-order.ts';
import { ASSET, bytesOf, ROOT_CHAIN, ROOT_SHA256 } from './offers.ts';
import { bareWorld, childOf, killIfThere, nameOf, systemdWorld, type World } from './world.ts';

const NODE = '/opt/patchsteward/node';
const MAIN = '/opt/patchsteward/packages/agent/src/main.ts';
const STATE = '/var/lib/patchsteward-runner';
const GUARD_PATH = '/etc/patchsteward/guard.json';
/** Not below /run, which a booted host has for itself. */
const SOCKET = '/srv/runner.sock';
const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 240_000;

/** What the owner of every such host allows, unless a test says otherwise. */
export const GUARD: Guard = {
  environment: 'production',
  criticality: 'normal',
  allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
  packagesDenied: ['acme-denied'],
};

interface HostWishes {
  readonly systemd?: boolean;
  readonly packages?: readonly string[];
}

/** A real Debian: its own processes, its own dpkg database, and a runner that can be killed. */
export class RunnerHost {
  readonly root: DebianRoot;
  #world: World;
  readonly #debs: string;
  readonly #systemd: boolean;
  #runner: ChildProcess | null = null;

  private constructor(root: DebianRoot, world: World, systemd: boolean) {
    this.root = root;
    this.#world = world;
    this.#systemd = systemd;
    this.#debs = join(root.path, 'srv/debs');
  }

  /** `packages`: of Debian, beside what every host has. */
  static async make({ systemd = false, packages = [] }: HostWishes = {}): Promise<RunnerHost> {
    const root = await DebianRoot.make({
      suite: 'bookworm',
      sources: ['deb http://deb.debian.org/debian bookworm main'],
      packages: ['systemd-sysv', 'dbus', 'util-linux', ...packages],
    });
    const host = new RunnerHost(root, await (systemd ? systemdWorld : bareWorld)(root.path), systemd);
    try {
      await host.#furnish();
      return host;
    } catch (error) {
      await host.remove();
      throw error;
    }
  }

  async #furnish(): Promise<void> {
    await this.pin(GUARD);
    await mkdir(join(this.root.path, 'srv/spool'), { recursive: true });
    if (!this.#systemd) return;
    const isUp = async () => (await this.run('systemctl', 'is-system-running')).trim() === 'running';
    await until(isUp, () => 'it does not boot');
  }

  async pin(guard: Guard): Promise<void> {
    const pin = { rootSha256: ROOT_SHA256, guard, runnerStateDirectory: join(this.root.path, STATE) };
    await pinHost({ ...pin, guardPath: join(this.root.path, GUARD_PATH) }, ASSET, ROOT_CHAIN);
  }

  async remove(): Promise<void> {
    await this.#world.end();
    await this.root.remove();
  }

  async startRunner(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const argv = ['--socket', SOCKET, '--state-dir', STATE, '--guard-file', GUARD_PATH, '--lock-wait-ms', '2000'];
    await rm(join(this.root.path, SOCKET), { force: true });
    this.#runner = spawn('nsenter', [...this.#world.inside, NODE, MAIN, 'runner', ...argv], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
    });
    this.#runner.stderr?.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    await until(
      async () => (await this.ask({ kind: 'hello' })) !== null,
      () => `the runner does not start: ${this.log}`,
    );
  }

  /** By systemd, with the sandbox of the packaged unit: no network, and started again by whoever knocks. */
  async startBySocket(): Promise<void> {
    const unit = ['--quiet', '--unit=patchsteward-runner', `--socket-property=ListenStream=${SOCKET}`];
    const sandbox = ['RestrictAddressFamilies=AF_UNIX', 'NoNewPrivileges=yes', 'KillMode=process'];
    const argv = ['runner', '--state-dir', STATE, '--guard-file', GUARD_PATH, '--lock-wait-ms', '2000'];
    await this.run('systemd-run', ...unit, ...sandbox.map((rule) => `--property=${rule}`), NODE, MAIN, ...argv);
  }

  log = '';

  /** As a power cut would, but for the host. */
  async killRunner(): Promise<void> {
    const runner = this.#runner;
    if (runner === null || runner.exitCode !== null || runner.signalCode !== null) return;
    const pid = await childOf(runner);
    const ended = once(runner, 'exit');
    process.kill(pid, 'SIGKILL');
    await ended;
    this.#runner = null;
  }

  /** Kills every process with this name in the host; there may be none at that moment. */
  async kill(name: string): Promise<void> {
    for (const pid of await this.pids(name)) killIfThere(pid);
  }

  /** Every process of the host ends at once; what it had not written to its disk is for the file system to say. */
  async cutPower(): Promise<void> {
    await this.#world.end();
    this.#runner = null;
    this.#world = await bareWorld(this.root.path);
  }

  ask(question: RunnerQuestion): Promise<RunnerAnswer | null> {
    return new RunnerClient(join(this.root.path, SOCKET)).ask(question);
  }

  /** Builds packages, and has the given versions installed. */
  async build(...packages: readonly TestPackage[]): Promise<string[]> {
    const files: string[] = [];
    for (const one of packages) files.push(await buildPackage(this.#debs, one));
    return files;
  }

  async install(...files: readonly string[]): Promise<void> {
    await this.run(
      'dpkg',
      '--force-confdef',
      '--force-confold',
      '--force-downgrade',
      '--install',
      ...files.map((file) => `/srv/debs/${basename(file)}`),
    );
  }

  /** Holds a lock as apt and dpkg do, until it is let go. `held` is false where somebody else has it. */
  hold(path: string): { readonly held: Promise<boolean>; readonly release: () => void } {
    const script =
      'use Fcntl qw(:DEFAULT); open(F, "+<", $ARGV[0]) or die; my $l = pack("s s x4 q q l x4", F_WRLCK, 0, 0, 0, 0); fcntl(F, F_SETLK, $l) or exit 1; $| = 1; print "held"; <STDIN>;';
    const holder = spawn('nsenter', [...this.#world.inside, 'perl', '-e', script, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    const refused = once(holder, 'exit').then(() => false);
    const held = Promise.race([once(holder.stdout, 'data').then(() => true), refused]);
    return { held, release: () => holder.stdin.end() };
  }

  run(...argv: readonly string[]): Promise<string> {
    return run('nsenter', [...this.#world.inside, ...argv]);
  }

  /** `name version` of every package that a test made. */
  async versions(): Promise<string[]> {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
    const text = await this.run('dpkg-query', '--show', '--showformat=${Status} ${Package} ${Version}\n');
    const lines = text.split('\n').filter((line) => / acme-/.test(line));
    return lines.map((line) => line.replace('install ok installed ', '')).sort();
  }

  /** As agentd would have fetched them. */
  async spool(...files: readonly string[]): Promise<void> {
    for (const file of files) {
      const { sha256 } = await bytesOf(file);
      await copyFile(file, join(this.root.path, 'srv/spool', sha256));
    }
  }

  /** A file of the spool under the name of a package that it is not. */
  async spoilSpool(change: PackageChange): Promise<void> {
    await writeFile(join(this.root.path, 'srv/spool', String(change.sha256)), Buffer.alloc(change.sizeBytes, 'x'));
  }

  prepare(offer: Offer): Promise<RunnerAnswer | null> {
    return this.ask({ kind: 'prepare', offer, spool: '/srv/spool' });
  }

  async start(offer: Offer, startInMs = 60_000): Promise<RunnerAnswer | null> {
    const boottimeMs = Number((await readFile('/proc/uptime', 'utf8')).split(' ')[0]) * 1000;
    const startByBoottimeMs = Math.round(boottimeMs + startInMs);
    return this.ask({ kind: 'start', job: offer.job, grant: 'grant-1', startByBoottimeMs });
  }

  async status(job: Hash): Promise<JobStatus> {
    const answer = await this.ask({ kind: 'status', job });
    if (answer?.kind !== 'status') throw new Error(`no status: ${JSON.stringify(answer)}`);
    return answer;
  }

  async finished(job: Hash): Promise<JobStatus> {
    let last: JobStatus | null = null;
    await until(
      async () => {
        last = await this.status(job);
        return last.standing === 'finished';
      },
      () => `no end: ${JSON.stringify(last)} ${this.log}`,
    );
    return last ?? this.status(job);
  }

  /** The package managers that a job took, in order, by the end of the names of their units. */
  async attempts(job: Hash): Promise<string[]> {
    const journal = await this.run('cat', `${STATE}/journal/${job.slice('sha256:'.length)}.jsonl`);
    return [...journal.matchAll(/"part":\d+,"unit":"patchsteward-run-[0-9a-f]+-([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
  }

  /** The lines of a job's log: what the package managers said. */
  async words(job: Hash): Promise<string[]> {
    return (await this.run('cat', `${STATE}/logs/${job.slice('sha256:'.length)}.log`)).split('\n');
  }

  /** The processes of the host with this name, as numbers of this machine; not the one that holds it together. */
  async pids(name: string): Promise<number[]> {
    const mine: number[] = [];
    for (const pid of (await readdir('/proc')).map(Number)) {
      if (!(pid > 0) || pid === this.#world.pid || (await nameOf(pid)) !== name) continue;
      if (await this.#isInside(pid)) mine.push(pid);
    }
    return mine;
  }

  /** Those of these names that hold a write lock at this moment: they are changing what is installed. */
  async changing(names: readonly string[]): Promise<{ readonly pid: number; readonly name: string }[]> {
    const found: { readonly pid: number; readonly name: string }[] = [];
    for (const pid of pidsWithWriteLocks(await readFile('/proc/locks', 'utf8'))) {
      const name = await nameOf(pid);
      if (names.includes(name) && (await this.#isInside(pid))) found.push({ pid, name });
    }
    return found;
  }

  /** False where it ended a moment before. */
  strike(pid: number): boolean {
    return killIfThere(pid);
  }

  async #isInside(pid: number): Promise<boolean> {
    try {
      return (await readlink(`/proc/${pid}/ns/pid`)) === (await readlink(`/proc/${this.#world.pid}/ns/pid`));
    } catch {
      // It ended meanwhile.
      return false;
    }
  }
}

export async function until(holds: () => Promise<boolean>, complaint: () => string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(LOOK_EVERY_MS)) {
    try {
      if (await holds()) return;
    } catch (error) {
      if (Date.now() + LOOK_EVERY_MS * 2 >= end) throw error;
    }
  }
  throw new Error(complaint());
}

async function run(tool: string, argv: readonly string[]): Promise<string> {
  const child = spawn(tool, argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${tool} ${argv.join(' ')} left with ${String(code)}: ${complaint}`);
  return output;
}
