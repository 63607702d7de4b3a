import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHost } from '../../hosts/lab-host.ts';
import type { World } from '../world.ts';
import type { Dice } from './dice.ts';

export type Kind = 'server' | 'agentd' | 'runner' | 'apt';
export const KINDS: readonly Kind[] = ['server', 'agentd', 'runner', 'apt'];

/** So long the server stays away before somebody starts it again. */
const SERVER_AWAY_MS_MAX = 3_000;
/** Long enough to fall into every part of a transaction: unpacking, scripts, the end of dpkg, the end of apt-get. */
const INTO_WORK_MS_MAX = 5_000;
/** A job is repaired so often before its host goes back to the former version, as it should: fewer leave it to win. */
const APT_KILLS_PER_HOST_MAX = 2;
/** Only what a work order started: a person's own apt-get is none of ours. */
const OUR_PACKAGE_WORK = `for pid in $(pgrep -x 'apt-get|dpkg'); do
  grep -qs patchsteward-run- /proc/$pid/cgroup && echo $pid $(cat /proc/$pid/comm)
done; true`;

export interface Death {
  readonly kind: Kind;
  readonly at: string;
  readonly who: string;
}

/** Kills one of its kind with `kill -9`; null: none is there to be killed at this moment. */
export type Blow = (dice: Dice) => Promise<string | null>;

/** Of the server, and of whatever is on these hosts. */
export function blows(world: World, hosts: readonly LabHost[]): Readonly<Record<Kind, Blow>> {
  const aptKills = new Map<string, number>();
  return {
    server: (dice) => killServer(world, dice),
    agentd: (dice) => killUnit(dice.of(hosts), 'patchsteward-agent.service'),
    runner: (dice) => killUnit(dice.of(hosts), 'patchsteward-runner.service'),
    apt: (dice) => killPackageWork(hosts, dice, aptKills),
  };
}

async function killServer({ server }: World, dice: Dice): Promise<string> {
  const { pid } = server;
  await server.kill();
  await sleep(dice.between(0, SERVER_AWAY_MS_MAX));
  await server.start();
  return `server (process ${pid}), started again`;
}

async function killUnit(host: LabHost | undefined, unit: string): Promise<string | null> {
  if (host === undefined) return null;
  const pid = (await host.run(['systemctl', 'show', '--value', '--property', 'MainPID', unit])).trim();
  if (pid === '0') return null;
  const { exitCode } = await host.exec(['kill', '-KILL', pid]);
  return exitCode === 0 ? `${unit} of ${host.name} (process ${pid})` : null;
}

/** At a moment within the work of any host, whichever of apt-get and dpkg the dice choose. */
async function killPackageWork(
  hosts: readonly LabHost[],
  dice: Dice,
  kills: Map<string, number>,
): Promise<string | null> {
  for (const host of hosts) {
    const before = kills.get(host.name) ?? 0;
    if (before >= APT_KILLS_PER_HOST_MAX || (await packageWork(host)).length === 0) continue;
    await sleep(dice.between(0, INTO_WORK_MS_MAX));
    const [pid = '', name] = dice.of(await packageWork(host)) ?? [];
    if (pid === '' || (await host.exec(['kill', '-KILL', pid])).exitCode !== 0) continue;
    kills.set(host.name, before + 1);
    return `${name} of ${host.name} (process ${pid})`;
  }
  return null;
}

async function packageWork(host: LabHost): Promise<string[][]> {
  const seen = await host.run(['sh', '-c', OUR_PACKAGE_WORK]);
  return seen
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
}
