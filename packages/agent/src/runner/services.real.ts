import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FurtherChecks, Leaf } from '@patchsteward/core/plan';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeTo, makeOffer } from './testing/offers.ts';
import { RunnerHost, until } from './testing/runner-host.ts';
import type { Offer } from './work-order.ts';

const UNIT = 'acme-web.service';
const URL = 'http://127.0.0.1:8080/';
const SERVICE =
  '[Service]\nExecStart=/usr/bin/perl /usr/lib/acme-web/serve.pl\n[Install]\nWantedBy=multi-user.target\n';
/** Down for a second at least, so that there is something to measure. */
const CONFIGURE = `#!/bin/sh\nsystemctl daemon-reload\nsystemctl stop ${UNIT}\nsleep 1\nsystemctl start ${UNIT}\n`;

/** It works, and tells the journal of an error every second. */
const COMPLAINING = 'if (!fork) { for (1 .. 8) { system(qw(logger --priority user.err boom)); sleep 1 } exit }';

let host: RunnerHost;
let old: string;
let good: string;
let dying: string;
let noisy: string;

beforeAll(async () => {
  host = await RunnerHost.make({ systemd: true });
  [old = '', good = '', dying = '', noisy = ''] = await Promise.all([
    build('1.0', ''),
    build('1.1', ''),
    build('1.3', 'alarm 2;'),
    build('1.4', COMPLAINING),
  ]);
  await host.spool(old, good, dying, noisy);
  await host.install(old);
  await host.startBySocket();
});

afterAll(() => host?.remove());

beforeEach(() => host.install(old));

async function build(version: string, spell: string): Promise<string> {
  const folder = join(host.root.path, 'srv');
  const script = `use IO::Socket::INET; ${spell} my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 8080, Listen => 5, ReuseAddr => 1) or die; while (my $c = $s->accept) { my $l = <$c>; print $c "HTTP/1.0 200 OK\\r\\n\\r\\nacme-web ${version}\\n"; close $c }`;
  await writeFile(join(folder, `serve-${version}.pl`), script);
  // A file of its own for each: they are built side by side, and a unit that was caught empty counts as masked.
  const unit = join(folder, `acme-web-${version}.service`);
  await writeFile(unit, SERVICE);
  const files = {
    '/usr/lib/acme-web/serve.pl': join(folder, `serve-${version}.pl`),
    '/lib/systemd/system/acme-web.service': unit,
  };
  const [file = ''] = await host.build({ name: 'acme-web', version, files, postinst: CONFIGURE });
  return file;
}

async function offer(file: string, leaf: Partial<Leaf> = {}): Promise<Offer> {
  const there = await changeTo(file, '1.0');
  const back = await changeTo(old, there.to);
  const health = { units: [UNIT], ports: [8080], urls: [URL], watchMs: 4_000 };
  const rollback = { kind: 'downgrade', changes: [back] } as const;
  return makeOffer([there], { leaf: { health, rollback, rollbackGraceMs: 600_000, ...leaf } });
}

const says = (): Promise<string> =>
  host.run(
    'perl',
    '-MIO::Socket::INET',
    '-e',
    'my $s = IO::Socket::INET->new("127.0.0.1:8080") or die; print $s "GET /\\n"; my @l = <$s>; print $l[-1]',
  );

test('a service that comes back is healthy, and its second of absence is measured', async () => {
  const order = await offer(good);
  expect(await host.prepare(order)).toMatchObject({ report: { phase: 'armed' } });
  expect(await host.start(order)).toMatchObject({ kind: 'started' });

  const { trail } = await host.finished(order.job);

  expect(trail.at(-1), JSON.stringify(trail)).toMatchObject({ phase: 'succeeded', evidence: { rebooted: false } });
  const last = trail.at(-1);
  const outage = last?.phase === 'succeeded' ? last.evidence.outages[0] : undefined;
  expect(outage?.unit).toBe(UNIT);
  expect(outage?.downMs).toBeGreaterThanOrEqual(1_000);
  expect(await says()).toBe('acme-web 1.1\n');
});

test('a service that dies a moment later is taken back to its former version', async () => {
  const order = await offer(dying);
  await host.prepare(order);
  await host.start(order);

  const { trail } = await host.finished(order.job);

  expect(trail.map(({ phase }) => phase)).toEqual(['installing', 'verifying', 'health', 'rolling-back', 'rolled-back']);
  expect(trail.at(-1)).toMatchObject({ error: { stage: 'health', cause: `unit-not-active:${UNIT}` } });
  expect(await host.versions()).toEqual(['acme-web 1.0']);
  expect(await says()).toBe('acme-web 1.0\n');
});

test('a runner that is killed finds the unit of the package manager again', async () => {
  const order = await offer(good);
  await host.prepare(order);
  await host.start(order);
  await host.run('systemctl', 'kill', '--signal=KILL', 'patchsteward-runner.service');

  const { trail } = await host.finished(order.job);

  expect(trail.at(-1)).toMatchObject({ phase: 'succeeded' });
  expect(await host.attempts(order.job)).toEqual(['install-1-0']);
  // A unit that has ended is let go after its end is on record.
  const left = () => host.run('systemctl', 'list-units', '--all', '--plain', '--no-legend', 'patchsteward-run-*');
  await until(
    async () => (await left()) === '',
    () => 'a unit is left',
  );
});

const NO_CHECKS = { units: [], ports: [], urls: [], files: [] };
const further = (more: Partial<FurtherChecks>): Partial<Leaf> => ({
  health: {
    ...{ units: [UNIT], ports: [8080], urls: [], watchMs: 4_000 },
    further: { files: [], errorLinesMax: null, wanted: NO_CHECKS, ...more },
  },
});

test('what is only wanted and missing is told, and fails nothing', async () => {
  const wanted = { ...NO_CHECKS, units: ['acme-none.service'], ports: [8081], files: ['/srv/nowhere'] };
  const files = ['/usr/lib/acme-web/serve.pl'];
  const order = await offer(good, further({ files, errorLinesMax: 10_000, wanted }));
  await host.prepare(order);
  await host.start(order);

  expect((await host.finished(order.job)).trail.at(-1)).toMatchObject({
    phase: 'succeeded',
    evidence: { unmet: ['unit-not-active:acme-none.service', 'port-closed:8081', 'file-missing:/srv/nowhere'] },
  });
});

test('a service that works and fills the journal with errors is taken back', async () => {
  const order = await offer(noisy, further({ errorLinesMax: 1 }));
  await host.prepare(order);
  await host.start(order);

  expect((await host.finished(order.job)).trail.at(-1)).toMatchObject({
    phase: 'rolled-back',
    error: { stage: 'health', cause: 'error-lines-above:1' },
  });
  expect(await host.versions()).toEqual(['acme-web 1.0']);
});

test.each<[string, () => Promise<Offer>, string]>([
  ['a file', () => offer(good, further({ files: ['/srv/nowhere'] })), 'file-missing:/srv/nowhere'],
  ['a port', () => offer(good, { health: { units: [UNIT], ports: [8081], urls: [], watchMs: 0 } }), 'port-closed:8081'],
])('%s that is missing before blocks the work order', async (_, make, detail) => {
  expect(await host.prepare(await make())).toMatchObject({
    report: { phase: 'blocked', reason: 'service-not-running', detail },
  });
});

test('units that the plan names are restarted', async () => {
  const order = await offer(good, { restarts: ['dbus.service'] });
  await host.prepare(order);
  const before = await host.run('systemctl', 'show', '--property=InvocationID', 'dbus.service');
  await host.start(order);

  expect((await host.finished(order.job)).trail.at(-1)).toMatchObject({ phase: 'succeeded' });
  expect(await host.run('systemctl', 'show', '--property=InvocationID', 'dbus.service')).not.toBe(before);
});

test('a service that is down before blocks the work order', async () => {
  await host.run('systemctl', 'stop', UNIT);

  expect(await host.prepare(await offer(good))).toMatchObject({
    report: { phase: 'blocked', reason: 'service-not-running', detail: expect.stringContaining(UNIT) },
  });
  expect(await host.versions()).toEqual(['acme-web 1.0']);
});
