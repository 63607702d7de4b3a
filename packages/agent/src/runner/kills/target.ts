import type { PackageChange } from '@patchsteward/core/plan';
import { changeTo, changeToRpm, makeOffer } from '../testing/offers.ts';
import { RpmHost } from '../testing/rpm-host.ts';
import { RunnerHost } from '../testing/runner-host.ts';
import type { Offer } from '../work-order.ts';

/** Each needs the one before at its own version: mixed versions are broken ones. */
const NAMES = ['acme-a', 'acme-b', 'acme-c', 'acme-d'];
/** A script says that it ran, and takes long enough for a kill to fall into it. */
const scriptOf = (name: string, version: string): string =>
  `mkdir -p /var/lib/acme\nsleep 0.1\necho ${version} > /var/lib/acme/${name}\n`;
/** Four packages and their scripts, as seen on a loaded machine; a part of the kills comes too late, and is told. */
const DEB_WORK_MS = 1_300;
const RPM_WORK_MS = 700;
export const FORMER = '1.0';
export const NEWER = '2.0';

/** A host on which packages are upgraded again and again. */
export interface Target {
  readonly host: RunnerHost;
  /** Processes that change packages; a script of a package is none. */
  readonly tools: readonly string[];
  /** What somebody who works with the same database would hold. */
  readonly lock: string;
  /** About as long as they are at it: a kill falls somewhere into that. */
  readonly workMs: number;
  /** Brings the former versions back, whatever is there. */
  reset(): Promise<void>;
  offer(): Promise<Offer>;
  /** What is not of this version, asked of the tools and of the traces of every script; empty: all is. */
  faults(version: string): Promise<string[]>;
  remove(): Promise<void>;
}

export const TARGETS = { 'apt and dpkg': debTarget, 'dnf and rpm': rpmTarget } as const;

async function debTarget(): Promise<Target> {
  const host = await RunnerHost.make();
  const build = (version: string): Promise<string[]> =>
    host.build(
      ...NAMES.map((name, at) => ({
        name,
        version,
        fields: at === 0 ? '' : `Depends: ${NAMES[at - 1] ?? ''} (= ${version})\n`,
        conffiles: { [`/etc/${name}.conf`]: `version=${version}\n` },
        postinst: `#!/bin/sh\nset -e\n${scriptOf(name, version)}`,
      })),
    );
  const [former, newer] = [await build(FORMER), await build(NEWER)];
  await host.spool(...former, ...newer);
  await host.startRunner();
  return {
    host,
    tools: ['apt-get', 'dpkg'],
    lock: '/var/lib/dpkg/lock-frontend',
    workMs: DEB_WORK_MS,
    reset: () => host.install(...former),
    offer: () => offerOf(newer, former, (file, from) => changeTo(file, from), 'deb', ''),
    faults: async (version) => [
      ...wrongVersions(await host.versions(), version),
      ...complaintOf(await host.run('dpkg', '--audit')),
      ...complaintOf(await host.run('dpkg', '--verify', ...NAMES)),
      ...(await silentScripts(host, version)),
    ],
    remove: () => host.remove(),
  };
}

async function rpmTarget(): Promise<Target> {
  const rpms = await RpmHost.make();
  const { host } = rpms;
  const build = (version: string): Promise<string[]> =>
    rpms.build(
      ...NAMES.map((name, at) => ({
        name,
        version,
        tags: at === 0 ? '' : `Requires: ${NAMES[at - 1] ?? ''} = ${version}\n`,
        configurations: { [`/etc/${name}.conf`]: `version=${version}\n` },
        files: { [`/usr/share/${name}`]: '/etc/services' },
        post: scriptOf(name, version),
      })),
    );
  const [former, newer] = [await build(FORMER), await build(NEWER)];
  await host.spool(...former, ...newer);
  await host.startRunner();
  return {
    host,
    tools: ['dnf', 'rpm'],
    lock: '/var/lib/rpm/.rpm.lock',
    workMs: RPM_WORK_MS,
    reset: () => rpms.install(...former),
    offer: () => offerOf(newer, former, changeToRpm, 'rpm', '-1.el9'),
    faults: async (version) => [
      ...wrongVersions(await rpms.versions(), version),
      ...complaintOf(await host.run('rpm', '--verify', '--noconfig', ...NAMES)),
      ...(await silentScripts(host, version)),
    ],
    remove: () => rpms.remove(),
  };
}

async function offerOf(
  newer: readonly string[],
  former: readonly string[],
  changeOf: (file: string, from: string) => Promise<PackageChange>,
  ecosystem: 'deb' | 'rpm',
  release: string,
): Promise<Offer> {
  const changes = await Promise.all(newer.map((file) => changeOf(file, `${FORMER}${release}`)));
  const undo = await Promise.all(former.map((file) => changeOf(file, `${NEWER}${release}`)));
  const rollback = { kind: 'downgrade', changes: undo } as const;
  return makeOffer(changes, { leaf: { ecosystem, rollback, rollbackGraceMs: 600_000 } });
}

function wrongVersions(versions: readonly string[], version: string): string[] {
  const found = versions.filter((line) => NAMES.some((name) => line.startsWith(`${name} `)));
  const wanted = NAMES.map((name) => `${name} ${version}`);
  return found.join() === wanted.join() ? [] : [`installed is ${found.join(', ')}`];
}

function complaintOf(answer: string): string[] {
  return answer.trim() === '' ? [] : [answer.trim()];
}

/** A version without its script is a false success: the tools do not notice each of them. */
async function silentScripts(host: RunnerHost, version: string): Promise<string[]> {
  const said = await host.run('sh', '-c', `cd /var/lib/acme && cat ${NAMES.join(' ')}`);
  const wrong = said
    .trim()
    .split('\n')
    .filter((one) => one !== version);
  return wrong.map((one) => `a script of ${one} ran last`);
}
