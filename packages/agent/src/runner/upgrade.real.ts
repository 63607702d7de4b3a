import type { Leaf } from '@patchsteward/core/plan';
import { sha256 } from '@patchsteward/trust';
import { withSignature } from '@patchsteward/trust/dsse';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeTo, makeOffer, passkeySignatureIn } from './testing/offers.ts';
import { RunnerHost, until } from './testing/runner-host.ts';
import type { Offer } from './work-order.ts';

const OTHER = sha256('never fetched');
const STRANGE = sha256('other bytes');
const LINKED = sha256('a link');
const BAD_SCRIPT = '#!/bin/sh\nexit 1\n';

let host: RunnerHost;
let web: {
  readonly old: string;
  readonly good: string;
  readonly bad: string;
  readonly conf: string;
  readonly unmet: string;
};
let tool: { readonly old: string; readonly good: string };

beforeAll(async () => {
  host = await RunnerHost.make();
  const conffile = (text: string) => ({ '/etc/acme-web.conf': text });
  const [old = '', good = '', bad = '', conf = '', unmet = ''] = await host.build(
    { name: 'acme-web', version: '1.0', conffiles: conffile('level=1\n') },
    { name: 'acme-web', version: '1.1', conffiles: conffile('level=1\n') },
    { name: 'acme-web', version: '1.2', conffiles: conffile('level=1\n'), postinst: BAD_SCRIPT },
    { name: 'acme-web', version: '1.5', conffiles: conffile('level=5\n') },
    { name: 'acme-web', version: '1.6', fields: 'Depends: acme-nowhere\n' },
  );
  web = { old, good, bad, conf, unmet };
  const [toolOld = '', toolGood = ''] = await host.build(
    { name: 'acme-tool', version: '2.0' },
    { name: 'acme-tool', version: '2.1', fields: 'Depends: acme-web (>= 1.1)\n' },
  );
  tool = { old: toolOld, good: toolGood };
  await host.spool(web.old, web.good, web.bad, web.conf, web.unmet, tool.old, tool.good);
  await host.startRunner();
});

afterAll(() => host?.remove());

beforeEach(async () => {
  // Downwards first the one that depends on the other.
  await host.install(tool.old);
  await host.install(web.old);
});

const ARMED = { kind: 'report', report: { phase: 'armed' } };
const FORMER = ['acme-tool 2.0', 'acme-web 1.0'];

async function offerTo(to: string, ...more: [string, string][]) {
  const changes = [await changeTo(to, '1.0')];
  for (const [file, from] of more) changes.push(await changeTo(file, from));
  return makeOffer(changes);
}

describe('exactly what was signed', () => {
  test('an upgrade of two packages', async () => {
    const offer = await offerTo(web.good, [tool.good, '2.0']);

    expect(await host.prepare(offer)).toEqual(ARMED);
    expect(await host.versions()).toEqual(FORMER);
    expect(await host.start(offer)).toEqual({ kind: 'started', job: offer.job });

    const { trail } = await host.finished(offer.job);
    expect(trail.map(({ phase }) => phase)).toEqual(['installing', 'verifying', 'health', 'succeeded']);
    expect(trail.at(-1)).toMatchObject({
      evidence: {
        before: [
          { name: 'acme-tool', architecture: 'all', version: '2.0' },
          { name: 'acme-web', architecture: 'all', version: '1.0' },
        ],
        after: [
          { name: 'acme-tool', architecture: 'all', version: '2.1' },
          { name: 'acme-web', architecture: 'all', version: '1.1' },
        ],
        log: expect.stringMatching(/^sha256:/),
      },
    });
    expect(await host.versions()).toEqual(['acme-tool 2.1', 'acme-web 1.1']);
    expect(await host.attempts(offer.job)).toEqual(['install-1-0']);
  });

  test('an upgrade that was approved with a passkey, where no client of its own is asked for', async () => {
    const change = await changeTo(web.good, '1.0');
    const offer = makeOffer([change], { plan: { lane: 'routine' }, signers: ['ivy', 'caraPasskey'] });
    const another = makeOffer([change], { plan: { lane: 'routine' }, signers: ['ivy'] });
    const borrowed = { ...another, envelope: withSignature(another.envelope, passkeySignatureIn(offer)) };

    expect(await host.prepare(borrowed)).toMatchObject({
      report: { phase: 'blocked', reason: 'plan-not-authorized', detail: expect.stringContaining('other-challenge') },
    });
    expect(await host.prepare(offer)).toEqual(ARMED);
    expect(await host.start(offer)).toEqual({ kind: 'started', job: offer.job });

    expect((await host.finished(offer.job)).trail.at(-1)).toMatchObject({ phase: 'succeeded' });
    expect(await host.versions()).toEqual(['acme-tool 2.0', 'acme-web 1.1']);
  });

  test('a file of configuration that a person changed stays as it is', async () => {
    await host.root.write('etc/acme-web.conf', 'level=mine\n');
    const offer = await offerTo(web.conf);

    await host.prepare(offer);
    await host.start(offer);

    expect((await host.finished(offer.job)).trail.at(-1)).toMatchObject({ phase: 'succeeded' });
    expect(await host.run('cat', '/etc/acme-web.conf')).toBe('level=mine\n');
    await host.root.write('etc/acme-web.conf', 'level=1\n');
  });

  test('each work order is done once', async () => {
    const offer = await offerTo(web.good);
    await host.prepare(offer);
    await host.start(offer);
    await host.finished(offer.job);
    await host.install(web.old);

    expect(await host.prepare(offer)).toMatchObject({ report: { phase: 'blocked', reason: 'host-busy' } });
    expect(await host.start(offer)).toMatchObject({ report: { phase: 'blocked' } });
    expect(await host.versions()).toEqual(FORMER);
  });
});

describe('nothing is begun', () => {
  test.each<[string, string, () => Promise<Offer>]>([
    ['another version is installed', 'drift', async () => makeOffer([await changeTo(web.good, '0.9')])],
    ['a package is missing that the new one needs', 'drift', () => offerTo(web.unmet)],
    ['apt would leave a package out', 'drift', async () => makeOffer([await changeTo(tool.good, '2.0')])],
    [
      'the file has another name inside',
      'drift',
      async () =>
        makeOffer([await changeTo(web.good, '1.0'), { ...(await changeTo(tool.good, '2.0')), name: 'acme-zool' }]),
    ],
    [
      'a file was not fetched',
      'artifact-missing',
      async () => makeOffer([{ ...(await changeTo(web.good, '1.0')), sha256: OTHER }]),
    ],
  ])('where %s: %s', async (_, reason, make) => {
    const offer = await make();

    expect(await host.prepare(offer)).toMatchObject({ report: { phase: 'blocked', reason } });
    expect(await host.start(offer)).toMatchObject({ report: { phase: 'blocked' } });
    expect(await host.versions()).toEqual(FORMER);
  });

  test('where the spool holds other bytes: hash-mismatch, and the package is not kept', async () => {
    const change = { ...(await changeTo(web.good, '1.0')), sha256: STRANGE };
    await host.spoilSpool(change);

    expect(await host.prepare(makeOffer([change]))).toMatchObject({ report: { reason: 'hash-mismatch' } });
    expect(await host.run('ls', '/var/lib/patchsteward-runner/packages')).not.toContain(STRANGE.slice(7));
  });

  test('where a person exchanged the file in the spool for a link', async () => {
    const change = { ...(await changeTo(web.good, '1.0')), sha256: LINKED };
    await host.run('ln', '-sf', '/etc/shadow', `/srv/spool/${LINKED}`);

    expect(await host.prepare(makeOffer([change]))).toMatchObject({ report: { reason: 'artifact-missing' } });
  });

  test('where the kept file changed between preparing and starting', async () => {
    const offer = await offerTo(web.good);
    expect(await host.prepare(offer)).toEqual(ARMED);
    const { sha256 } = await changeTo(web.good, '1.0');
    await host.run('truncate', '--size=-1', `/var/lib/patchsteward-runner/packages/${String(sha256).slice(7)}.deb`);

    expect(await host.start(offer)).toMatchObject({ report: { reason: 'hash-mismatch' } });
    expect(await host.versions()).toEqual(FORMER);
  });

  test('where the host changed between preparing and starting', async () => {
    const offer = await offerTo(web.good);
    expect(await host.prepare(offer)).toEqual(ARMED);
    await host.install(web.conf);

    expect(await host.start(offer)).toMatchObject({ report: { reason: 'drift' } });
  });

  test('where the time to start has passed, or is later than any may be', async () => {
    const offer = await offerTo(web.good);
    expect(await host.prepare(offer)).toEqual(ARMED);

    expect(await host.start(offer, -1)).toMatchObject({ report: { phase: 'returned' } });
    expect(await host.start(offer, 700_000)).toMatchObject({ report: { phase: 'returned' } });
    expect(await host.versions()).toEqual(FORMER);
  });

  test('where it was canceled after it was prepared', async () => {
    const offer = await offerTo(web.good);
    await host.prepare(offer);

    expect(await host.ask({ kind: 'cancel', job: offer.job, why: 'halted' })).toMatchObject({ standing: 'canceled' });
    expect(await host.start(offer)).toMatchObject({ report: { phase: 'blocked' } });
    expect(await host.versions()).toEqual(FORMER);
  });

  test('where somebody else holds the lock of dpkg, with the name of who', async () => {
    const holder = host.hold('/var/lib/dpkg/lock-frontend');
    await holder.held;

    expect(await host.prepare(await offerTo(web.good))).toMatchObject({
      report: { reason: 'package-manager-busy', detail: expect.stringContaining('perl') },
    });
    holder.release();
  });

  test('where the package is on hold', async () => {
    await host.run('apt-mark', 'hold', 'acme-web');

    expect(await host.prepare(await offerTo(web.good))).toMatchObject({ report: { reason: 'fix-held' } });
    await host.run('apt-mark', 'unhold', 'acme-web');
  });
});

describe('what a failed installation leaves', () => {
  test('a dpkg that was interrupted is mended first', async () => {
    await host.run('dpkg', '--unpack', `/srv/debs/acme-web_1.0_all.deb`);
    const offer = await offerTo(web.good);

    expect(await host.prepare(offer)).toEqual(ARMED);
  });

  test('is the former versions, where the way back was signed', async () => {
    const offer = await undoable(web.bad);
    await host.prepare(offer);
    await host.start(offer);

    const { trail } = await host.finished(offer.job);

    expect(trail.map(({ phase }) => phase)).toEqual(['installing', 'verifying', 'rolling-back', 'rolled-back']);
    expect((await host.attempts(offer.job)).at(-1)).toBe('rollback-1-0');
    expect(trail.at(-1)).toMatchObject({
      error: { stage: 'installing', package: 'acme-web', cause: 'exit-100 not-configured' },
    });
    expect(await host.versions()).toEqual(FORMER);
    expect(await host.run('dpkg', '--audit')).toBe('');
    // A plan that had to be taken back is not tried again here.
    expect(await host.prepare(offer)).toMatchObject({
      report: { detail: expect.stringContaining('plan-quarantined') },
    });
  });

  test.each([
    ['no grace was signed', { rollbackGraceMs: 0 }],
    ['no way back was signed', { rollback: { kind: 'none', why: 'too old' } } as const],
  ])('is left to people, where %s', async (_, leaf) => {
    const offer = await undoable(web.bad, leaf);
    await host.prepare(offer);
    await host.start(offer);

    expect((await host.finished(offer.job)).trail.at(-1)).toMatchObject({ phase: 'failed' });
  });
});

// rollout S7: the runner was down after the upgrade, and whoever worked on the host meanwhile knew nothing of it.
test('a package that somebody changed before the end is repaired, and then the end is told', async () => {
  const health = { units: [], ports: [], urls: [], watchMs: 15_000 };
  const offer = makeOffer([await changeTo(web.good, '1.0')], { leaf: { health } });
  await host.prepare(offer);
  await host.start(offer);
  await until(
    async () => (await host.status(offer.job)).trail.at(-1)?.phase === 'health',
    () => 'it is not watched',
  );
  await host.killRunner();
  await host.install(web.old);
  await host.startRunner();

  const { trail } = await host.finished(offer.job);

  expect(trail.at(-1)).toMatchObject({
    phase: 'succeeded',
    evidence: { after: [{ name: 'acme-web', architecture: 'all', version: '1.1' }] },
  });
  expect((await host.attempts(offer.job)).slice(0, 2)).toEqual(['install-1-0', 'repair-1-0']);
  expect(await host.versions()).toEqual(['acme-tool 2.0', 'acme-web 1.1']);
});

test('a work order whose package manager cannot be started at once is started as soon as it can be', async () => {
  const offer = await offerTo(web.good);
  await host.prepare(offer);
  // As with a full disk: its log cannot be opened.
  const log = `/var/lib/patchsteward-runner/logs/${offer.job.slice('sha256:'.length)}.log`;
  await host.run('mkdir', log);

  expect(await host.start(offer)).toMatchObject({ kind: 'error' });
  expect(await host.status(offer.job)).toMatchObject({ standing: 'running' });
  await host.run('rmdir', log);

  expect((await host.finished(offer.job)).trail.at(-1)).toMatchObject({ phase: 'succeeded' });
  expect(await host.versions()).toEqual(['acme-tool 2.0', 'acme-web 1.1']);
});

test('a maintainer script that never ends is left alone, until a person ends it', async () => {
  const [hanging = ''] = await host.build({
    name: 'acme-web',
    version: '1.8',
    postinst: '#!/bin/sh\nexec sleep 1000000\n',
  });
  await host.spool(hanging);
  const there = await changeTo(hanging, '1.0');
  const back = await changeTo(web.old, '1.8');
  const leaf = { rollback: { kind: 'downgrade', changes: [back] }, rollbackGraceMs: 600_000 } as const;
  const offer = makeOffer([there], { leaf });
  await host.prepare(offer);
  await host.start(offer);
  await until(
    async () => (await host.pids('sleep')).length > 0,
    () => 'it does not hang',
  );
  expect(await host.status(offer.job)).toMatchObject({ standing: 'running', trail: [{ phase: 'installing' }] });

  await until(
    async () => {
      for (const pid of await host.pids('sleep')) process.kill(pid);
      return (await host.status(offer.job)).standing === 'finished';
    },
    () => 'it does not end',
  );

  expect((await host.finished(offer.job)).trail.at(-1)).toMatchObject({ phase: 'rolled-back' });
  expect(await host.versions()).toEqual(FORMER);
});

async function undoable(file: string, leaf: Partial<Leaf> = {}): Promise<Offer> {
  const there = await changeTo(file, '1.0');
  const back = await changeTo(web.old, there.to);
  return makeOffer([there], {
    leaf: { rollback: { kind: 'downgrade', changes: [back] }, rollbackGraceMs: 600_000, ...leaf },
  });
}
