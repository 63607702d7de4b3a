import { spawn } from 'node:child_process';
import { readFile as readLocalFile } from 'node:fs/promises';
import { LabError } from '../lab-error.ts';
import type { Cgroup } from '../machine/cgroup.ts';
import { type CommandOptions, type Ending, exitCodeOf, run, runToEnd } from '../machine/command.ts';
import type { Place } from '../place.ts';
import { readState, writeState } from '../state.ts';
import { bootHost, waitUntilBooted, waitUntilOff } from './boot.ts';
import { firstProcess } from './first-process.ts';
import type { HostPlan } from './host-plan.ts';
import { removeRoot } from './host-root.ts';
import { type Filter, removeNamespace, setCable, setFilter } from './network.ts';

const ENVIRONMENT = { HOME: '/root', TERM: 'dumb' };

/** One host: its own systemd, package database, name and address. What is asked of it is asked of the running host. */
export class LabHost {
  readonly plan: HostPlan;
  private readonly place: Place;

  constructor(place: Place, plan: HostPlan) {
    this.place = place;
    this.plan = plan;
  }

  get name(): string {
    return this.plan.name;
  }

  /** Runs a command as root in the host. What it starts dies with the host. */
  async exec(argv: readonly string[], options: CommandOptions = {}): Promise<Ending> {
    return runToEnd(this.group, await this.entering(argv), this.withEnvironment(options));
  }

  /** The same for a command that must succeed: its standard output. */
  async run(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
    return run(this.group, await this.entering(argv), this.withEnvironment(options));
  }

  /** Hands this process's own terminal to a command in the host, and gives its exit code. */
  async attach(argv: readonly string[]): Promise<number> {
    const terminal = this.group.child('terminal');
    await terminal.create();
    const [shell = '', ...rest] = terminal.entering(await this.entering(argv));
    const env = { PATH: process.env['PATH'], HOME: '/root', TERM: process.env['TERM'] ?? 'dumb' };
    return exitCodeOf(spawn(shell, rest, { cwd: '/', env, stdio: 'inherit' }));
  }

  async writeFile(path: string, content: string | Uint8Array, { mode = 0o644 } = {}): Promise<void> {
    const script = 'mkdir -p "$(dirname "$1")" && umask 077 && cat >"$1" && chmod "$2" "$1"';
    await this.run(['sh', '-c', script, 'write', path, mode.toString(8)], { input: content });
  }

  readFile(path: string): Promise<string> {
    return this.run(['cat', '--', path]);
  }

  /** Copies a file of this machine into the host. */
  async copyIn(from: string, to: string, options: { mode?: number } = {}): Promise<void> {
    await this.writeFile(to, await readLocalFile(from), options);
  }

  /** Every package that dpkg calls installed, with its version. */
  async dpkgVersions(): Promise<Record<string, string>> {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a placeholder of dpkg-query, not of JavaScript
    const answer = await this.run(['dpkg-query', '-W', '-f', '${db:Status-Status} ${Package} ${Version}\n']);
    const installed = answer.split('\n').filter((line) => line.startsWith('installed '));
    return Object.fromEntries(installed.map((line) => line.split(' ').slice(1)));
  }

  async isRunning(): Promise<boolean> {
    return (await firstProcess(this.machine)) !== null;
  }

  /** What systemd says of the whole host, such as running, degraded or starting; null while the host is off. */
  async systemState(): Promise<string | null> {
    if (!(await this.isRunning())) return null;
    return (await this.exec(['systemctl', 'is-system-running'])).stdout.trim() || 'starting';
  }

  /** Differs after every boot. */
  async bootId(): Promise<string> {
    return (await this.readFile('/proc/sys/kernel/random/boot_id')).trim();
  }

  /** Boots a host that is off, and waits until its services stand. */
  async start(): Promise<void> {
    if (await this.isRunning()) return;
    await bootHost(this.place, this.name);
    await waitUntilBooted(this.place, this, null);
  }

  /** Orderly, as `systemctl poweroff`. */
  async stop(): Promise<void> {
    if (!(await this.isRunning())) return;
    await this.run(['systemctl', 'poweroff']);
    await waitUntilOff(this.place, this.group);
  }

  /** Everything of the host ends between two instructions; nothing is flushed, no one is told. */
  async powerCut(): Promise<void> {
    await this.group.kill();
  }

  /** Orderly, as `systemctl reboot`; waits until the services of the next boot stand. */
  async reboot(): Promise<void> {
    const before = await this.bootId();
    await this.run(['systemctl', 'reboot']);
    await waitUntilBooted(this.place, this, before);
  }

  async cutCable(): Promise<void> {
    await setCable(this.place, this.name, 'down');
  }

  async plugCable(): Promise<void> {
    await setCable(this.place, this.name, 'up');
  }

  /** Drops what passes its end of the cable, until it is told otherwise; null: drops nothing. */
  async filterCable(filter: Filter | null): Promise<void> {
    await setFilter(this.place, this.name, filter);
  }

  /** Ends the host and everything that it wrote. */
  async remove(): Promise<void> {
    await this.group.kill();
    await removeRoot(this.place, this.name);
    await removeNamespace(this.place, this.place.nameOf(this.name));
    await this.group.remove();
    const state = await readState(this.place);
    if (state === null) return;
    await writeState(this.place, { ...state, hosts: state.hosts.filter(({ name }) => name !== this.name) });
  }

  private get group(): Cgroup {
    return this.place.hostGroup(this.name);
  }

  private get machine(): Cgroup {
    return this.group.child('machine');
  }

  private withEnvironment(options: CommandOptions): CommandOptions {
    return { ...options, env: { ...ENVIRONMENT, ...options.env } };
  }

  private async entering(argv: readonly string[]): Promise<string[]> {
    const process = await firstProcess(this.machine);
    if (process === null) throw new LabError(`${this.name} does not run`, 'start it first');
    const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup'];
    return ['nsenter', `--target=${process}`, ...namespaces, '--', ...argv];
  }
}
