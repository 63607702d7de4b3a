import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHost } from '../../hosts/lab-host.ts';
import type { World } from '../world.ts';
import type { Dice } from './dice.ts';
import type { Arms } from './killer.ts';

type Kind = 'server' | 'agentd' | 'runner' | 'apt';

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

export interface Death<K extends string> {
  readonly kind: K;
  readonly at: string;
  readonly who: string;
}

/** Strikes one of its kind, and says whom; null: there is none to be struck at this moment. */
export type Blow = (dice: Dice) => Promise<string | null>;

/**
 * `kill -9` of everything that takes part. Some strike while the former one is still being got over, some after it, and
 * enough are left for the time in which packages change, which apt alone waits for.
 */
export const EVERYTHING: Arms<Kind> = {
  kinds: ['server', 'agentd', 'runner', 'apt'],
  pauseMs: { server: [1_000, 14_000], agentd: [1_000, 18_000], runner: [1_000, 18_000], apt: [200, 1_500] },
  blows: (world, hosts) => {
    const aptKills = new Map<string, number>();
    return {
      server: (dice) => killServer(world, dice),
      agentd: (dice) => killUnit(dice.of(hosts), 'patchsteward-agent.service'),
      runner: (dice) => killUnit(dice.of(hosts), 'patchsteward-runner.service'),
      apt: (dice) => killPackageWork(hosts, dice, aptKills),
    };
  },
};

/** `kill -9` of both parts of the agent, and of nothing else. */
export const AGENT: Arms<'agentd' | 'runner'> = {
  kinds: ['agentd', 'runner'],
  pauseMs: { agentd: [200, 1_500], runner: [200, 1_500] },
  blows: (_, hosts) => ({
    agentd: (dice) => killUnit(dice.of(hosts), 'patchsteward-agent.service'),
    runner: (dice) => killUnit(dice.of(hosts), 'patchsteward-runner.service'),
  }),
};

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
