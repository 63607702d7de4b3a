import { FAKETIME_LIBRARY, giveOwnClock, moveClock } from '../../packages/agent/src/runner/kills/clock.ts';
import { fillDisk, giveOwnDisk } from '../../packages/agent/src/runner/kills/disk-full.ts';
import { holdLock } from '../../packages/agent/src/runner/kills/held-lock.ts';
import { strikePackages } from '../../packages/agent/src/runner/kills/strike.ts';
import { PARTITIONS } from '../e2e/kills/partitions.ts';
import { AGENT } from '../e2e/kills/victims.ts';
import { LabError } from '../lab-error.ts';
import { missingTools } from '../machine/requirements.ts';
import { hastenAgents, strikeCampaigns } from './campaigns.ts';
import type { FaultCounts, FaultFigures, FaultKind, FaultWish } from './figures.ts';
import { killServerAndDatabase } from './server-database.ts';
import { strikeUpgrades } from './upgrades.ts';

interface Fault {
  readonly strike: (wish: FaultWish) => Promise<FaultCounts>;
  /** Commands and files that it needs, each with the Debian package that brings it. */
  readonly needs: Readonly<Record<string, string>>;
}

const RPM = { rpm: 'rpm', rpmbuild: 'rpm', dnf: 'dnf' };

const STORIES = { restic: 'restic', 'ssh-agent': 'openssh-client', 'ssh-keygen': 'openssh-client' };

const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  'server-database': { strike: killServerAndDatabase, needs: {} },
  'apt-dpkg': { strike: strikeUpgrades('apt and dpkg', strikePackages), needs: {} },
  'dnf-rpm': { strike: strikeUpgrades('dnf and rpm', strikePackages), needs: RPM },
  'agentd-runner': { strike: strikeCampaigns(AGENT, hastenAgents), needs: STORIES },
  partition: { strike: strikeCampaigns(PARTITIONS), needs: { ...STORIES, nft: 'nftables' } },
  'disk-full': { strike: strikeUpgrades('apt and dpkg', fillDisk, giveOwnDisk), needs: {} },
  'held-lock': { strike: strikeUpgrades('apt and dpkg', holdLock), needs: { perl: 'perl-base' } },
  clock: {
    strike: strikeUpgrades('apt and dpkg', moveClock, giveOwnClock),
    needs: { [FAKETIME_LIBRARY]: 'libfaketime' },
  },
};

/** Makes one kind of thing go wrong, as often as asked for, and counts what came of it. */
export async function runFault(kind: FaultKind, wish: FaultWish): Promise<FaultFigures> {
  const { strike, needs } = FAULTS[kind];
  const missing = await missingTools(Object.keys(needs));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((tool) => needs[tool]))].join(' ');
    throw new LabError(`${kind} needs ${missing.join(' and ')}`, `run: apt-get install ${packages}`);
  }
  const started = Date.now();
  const counts = await strike(wish);
  return { kind, seed: wish.seed, asked: wish.count, ...counts, tookMs: Date.now() - started };
}
