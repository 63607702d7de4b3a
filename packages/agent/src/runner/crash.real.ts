import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeTo, makeOffer } from './testing/offers.ts';
import { RunnerHost } from './testing/runner-host.ts';
import type { Offer } from './work-order.ts';

const NAMES = ['acme-a', 'acme-b', 'acme-c', 'acme-d'];
/** Long enough that a kill falls into every part of an upgrade, also on a loaded machine. */
const SPAN_MS = 1_200;
/** Of each kind; `PATCHSTEWARD_KILLS=20` kills as often as one likes, a quarter of that is enough for every day. */
const KILLS = Number(process.env['PATCHSTEWARD_KILLS'] ?? 5);
const SEEDS = Array.from({ length: KILLS }, (_, seed) => seed + 1);

let host: RunnerHost;
let former: string[];
let newer: string[];

beforeAll(async () => {
  host = await RunnerHost.make();
  const script = (word: string) => `#!/bin/sh\n# ${word}\nsleep 0.1\n`;
  const build = (version: string) =>
    host.build(
      ...NAMES.map((name, at) => ({
        name,
        version,
        // Each needs the one before at its own version: mixed versions are broken ones.
        fields: at === 0 ? '' : `Depends: ${NAMES[at - 1] ?? ''} (= ${version})\n`,
        conffiles: { [`/etc/${name}.conf`]: `version=${version}\n` },
        postinst: script(version),
      })),
    );
  former = await build('1.0');
  newer = await build('2.0');
  await host.spool(...former, ...newer);
});

afterAll(() => host?.remove());

async function offer(): Promise<Offer> {
  const changes = await Promise.all(newer.map((file) => changeTo(file, '1.0')));
  const undo = await Promise.all(former.map((file) => changeTo(file, '2.0')));
  return makeOffer(changes, { leaf: { rollback: { kind: 'downgrade', changes: undo }, rollbackGraceMs: 600_000 } });
}

async function begun(): Promise<Offer> {
  await host.install(...former);
  await host.startRunner();
  const order = await offer();
  expect(await host.prepare(order)).toEqual({ kind: 'report', report: { phase: 'armed' } });
  expect(await host.start(order)).toMatchObject({ kind: 'started' });
  return order;
}

async function expectConverged(order: Offer): Promise<void> {
  const { trail } = await host.finished(order.job);
  expect(trail.at(-1), JSON.stringify(trail)).toMatchObject({ phase: 'succeeded' });
  expect(await host.versions()).toEqual(NAMES.map((name) => `${name} 2.0`));
  expect(await host.run('dpkg', '--audit')).toBe('');
  await host.killRunner();
}

/** A moment of the upgrade, the same for the same seed. */
function momentMs(seed: number): number {
  return Math.floor((((seed * 7919) % 101) / 101) * SPAN_MS);
}

test.each(SEEDS)('the runner is killed, and the next one takes the upgrade up (seed %d)', async (seed) => {
  const order = await begun();
  await sleep(momentMs(seed));

  await host.killRunner();
  await sleep(momentMs(seed + 1) / 2);
  await host.startRunner();

  await expectConverged(order);
});

test.each(SEEDS)('the package manager is killed, and the exact set is installed again (seed %d)', async (seed) => {
  const order = await begun();
  await sleep(momentMs(seed));

  await host.kill(seed % 2 === 0 ? 'apt-get' : 'dpkg');

  await expectConverged(order);
});

test.each(SEEDS)('the power is cut (seed %d)', async (seed) => {
  const order = await begun();
  await sleep(momentMs(seed));

  await host.cutPower();
  await host.startRunner();

  await expectConverged(order);
});

test('a package manager that outlives the runner is left alone until it ends', async () => {
  const order = await begun();
  await host.killRunner();
  const [apt] = await host.pids('apt-get');

  await host.startRunner();

  expect(apt === undefined || (await host.attempts(order.job)).length === 1).toBe(true);
  await expectConverged(order);
  expect(await host.attempts(order.job)).toEqual(['install-1-0']);
});
