import { createPublicKey } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportsRequest, type SignedReport } from '@patchsteward/contract';
import type { JobReport } from '@patchsteward/core/job';
import type { Hash } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { reportHash, verifyReport } from '@patchsteward/trust/statement';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { change } from '../../../trust/src/testing/plans.ts';
import { enroll, run } from '../commands.ts';
import { type FakeHost, makeFakeHost } from '../host/testing/fake-host.ts';
import { STRICTEST_GUARD } from '../runner/guard-file.ts';
import type { RunnerAnswer, RunnerRequest } from '../runner/protocol.ts';
import { openDoor, type RunnerDoor } from '../runner/server.ts';
import { makeOffer, ROOT_CHAIN, ROOT_SHA256 } from '../runner/testing/offers.ts';
import type { Offer } from '../runner/work-order.ts';
import { makeTestCa } from './testing/test-ca.ts';
import { TestServer } from './testing/test-server.ts';
import { type TestSurroundings, testSurroundings } from './testing/test-surroundings.ts';

const ca = await makeTestCa();
const BYTES = Buffer.alloc(300_000, 'a package ');
const CHANGE = change({ sha256: sha256(BYTES), sizeBytes: BYTES.length });
const FACTS = {
  version: '0.1.0',
  rootVersion: 1,
  environment: 'production',
  criticality: 'normal',
  allow: { reboot: false, kernel: false, lanes: ['critical'] },
  packagesDenied: [],
} as const;
const EVIDENCE = { before: [], after: [], startedAt: 1, endedAt: 2, outages: [], rebooted: false, log: null } as const;
const TRAIL: readonly JobReport[] = [
  { phase: 'installing' },
  { phase: 'verifying' },
  { phase: 'health' },
  { phase: 'succeeded', evidence: EVIDENCE },
];

let server: TestServer;
let host: FakeHost;
let folder = '';
let surroundings: TestSurroundings;
let door: RunnerDoor;
let offer: Offer;
/** What came in, in the order of its numbers; the server has forgotten nothing. */
let reports: SignedReport[];
let asked: RunnerRequest[];
let spooled: string[];
let grants: object[];
let artifact: Buffer;
/** What the runner says; a test may put others in their place. */
let says: Partial<Record<RunnerRequest['kind'], RunnerAnswer>>;

beforeEach(async () => {
  server = await TestServer.start(ca);
  host = await makeFakeHost();
  await host.writeProc('uptime', '5000.00 9000.00\n');
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-jobs-'));
  await mkdir(join(folder, 'state'), { mode: 0o700 });
  surroundings = testSurroundings();
  offer = makeOffer([CHANGE]);
  [reports, asked, spooled, artifact] = [[], [], [], BYTES];
  grants = [{ kind: 'granted', grant: '01990000-0000-7000-8000-00000000aaaa', startByMs: 600_000 }];
  const { job } = offer;
  says = {
    hello: {
      kind: 'hello',
      facts: { ...FACTS, allow: { ...FACTS.allow, lanes: ['critical'] }, packagesDenied: [] },
      why: null,
      job: null,
    },
    prepare: { kind: 'report', report: { phase: 'armed' } },
    start: { kind: 'started', job },
    status: { kind: 'status', job, standing: 'armed', trail: [] },
    cancel: { kind: 'status', job, standing: 'canceled', trail: [] },
  };
  door = await openDoor({ kind: 'path', path: join(folder, 'runner.sock') }, answer, () => undefined);
  server.more = serve;
  server.tasks = [{ kind: 'job', job }];
  await enroll({
    server: server.address,
    token: server.token,
    stateDirectory: join(folder, 'state'),
    host,
    surroundings,
  });
});

afterEach(async () => {
  await door.close();
  await server.stop();
  await host.remove();
  await rm(folder, { recursive: true, force: true });
});

async function answer(request: RunnerRequest): Promise<RunnerAnswer> {
  asked.push(request);
  if (request.kind === 'prepare') spooled = await readdir(request.spool);
  if (request.kind === 'start' && says.start?.kind === 'started') {
    says.status = { kind: 'status', job: offer.job, standing: 'finished', trail: TRAIL };
  }
  return says[request.kind] ?? { kind: 'error', code: 'failed', detail: 'not in the table' };
}

function serve(call: string, body: Buffer): object | Buffer | 'not-found' | null {
  if (call.startsWith(`GET /agent/v1/jobs/${offer.job}?`)) return offer;
  if (call === `POST /agent/v1/jobs/${offer.job}/grant`)
    return (grants.length > 1 ? grants.shift() : grants[0]) ?? null;
  if (call === `GET /agent/v1/artifacts/${String(CHANGE.sha256)}`) return artifact;
  if (call !== 'POST /agent/v1/reports') return null;
  for (const report of ReportsRequest.parse(JSON.parse(body.toString())).reports) {
    if (report.sequence === reports.length + 1) reports.push(report);
  }
  return { acknowledged: reports.length };
}

function runOnce(): ReturnType<typeof run> {
  const stateDirectory = join(folder, 'state');
  return run({ once: true, stateDirectory, host, surroundings, runnerSocket: join(folder, 'runner.sock') });
}

const blockedLines = () =>
  surroundings.events.flatMap(({ event, fields }) => (event === 'job-blocked' ? [fields] : []));
const phases = (): string[] => reports.map(({ report }) => report.phase);

test('a work order from its offer to its end', async () => {
  grants.unshift({ kind: 'waiting', reasons: [], retryMs: 5_000 });

  expect(await runOnce()).toBe('done');

  expect(server.checkIns.at(-1)?.runner).toEqual(FACTS);
  expect(phases()).toEqual([
    'claimed',
    'fetching',
    'preflight',
    'armed',
    'installing',
    'verifying',
    'health',
    'succeeded',
  ]);
  expect(asked.find(({ kind }) => kind === 'prepare')).toMatchObject({ offer: { job: offer.job } });
  expect(asked.find(({ kind }) => kind === 'start')).toMatchObject({ grant: '01990000-0000-7000-8000-00000000aaaa' });
  expect(spooled).toEqual([CHANGE.sha256]);
  // What is done is not kept.
  expect(await readdir(join(folder, 'state/spool'))).toEqual([]);
});

test('the reports are a chain, signed by the key of the host', async () => {
  await runOnce();
  const [key = ''] = server.keys;

  expect(reports.every((report) => verifyReport(report, createPublicKey(key)))).toBe(true);
  expect(reports.map(({ sequence }) => sequence)).toEqual(reports.map((_, at) => at + 1));
  const hashes = [null, ...reports.map((report) => reportHash(report))];
  expect(reports.map(({ previous }) => previous)).toEqual(hashes.slice(0, -1));
  expect(new Set(reports.map(({ instance }) => instance)).size).toBe(1);
});

describe('what goes wrong is told once, and nothing is started', () => {
  test('without a runner', async () => {
    await door.close();
    await runOnce();
    await runOnce();

    expect(phases()).toEqual(['claimed', 'blocked']);
    expect(reports.at(-1)?.report).toMatchObject({ reason: 'runner-not-installed' });
    expect(server.checkIns.at(-1)?.runner).toBeNull();
    door = await openDoor({ kind: 'path', path: join(folder, 'runner.sock') }, answer, () => undefined);
  });

  test('where the runner refuses, and it is tried again', async () => {
    says.prepare = { kind: 'report', report: { phase: 'blocked', reason: 'drift', detail: 'acme-web' } };
    await runOnce();
    await runOnce();
    expect(phases()).toEqual(['claimed', 'fetching', 'preflight', 'blocked']);

    says.prepare = { kind: 'report', report: { phase: 'armed' } };
    await runOnce();
    expect(phases().slice(4)).toEqual(['armed', 'installing', 'verifying', 'health', 'succeeded']);
  });

  test('where the runner does not accept the signatures, and the work order is loaded anew', async () => {
    const signed = offer;
    offer = { ...signed, envelope: { ...signed.envelope, signatures: [] } };
    says.prepare = { kind: 'report', report: { phase: 'blocked', reason: 'plan-not-authorized', detail: 'quorum' } };
    await runOnce();
    offer = signed;
    says.prepare = { kind: 'report', report: { phase: 'armed' } };
    await runOnce();

    const shown = asked.flatMap((request) => (request.kind === 'prepare' ? [request.offer] : []));
    expect(shown).toMatchObject([{ envelope: { signatures: [] } }, { envelope: signed.envelope }]);
    expect(phases().slice(3)).toEqual(['blocked', 'armed', 'installing', 'verifying', 'health', 'succeeded']);
  });

  test('in the log as well, until the reason is another one', async () => {
    says.prepare = { kind: 'report', report: { phase: 'blocked', reason: 'drift', detail: 'acme-web' } };
    await runOnce();
    await runOnce();
    expect(blockedLines()).toMatchObject([{ reason: 'drift' }]);

    says.prepare = { kind: 'report', report: { phase: 'blocked', reason: 'disk-space-low', detail: '/var' } };
    await runOnce();
    await runOnce();
    expect(blockedLines()).toMatchObject([
      { reason: 'drift' },
      { reason: 'disk-space-low', problem: 'Not enough room on the host: /var; free some.' },
    ]);
  });

  test('but again when it was ready in between', async () => {
    const drift = { kind: 'report', report: { phase: 'blocked', reason: 'drift', detail: 'acme-web' } } as const;
    says.prepare = drift;
    await runOnce();
    says.prepare = { kind: 'report', report: { phase: 'armed' } };
    says.start = drift;
    await runOnce();
    await runOnce();

    expect(phases().slice(3)).toEqual(['blocked', 'armed', 'returned', 'blocked', 'armed', 'returned', 'blocked']);
  });

  test('where other bytes come than were signed', async () => {
    artifact = Buffer.alloc(BYTES.length, 'x');
    await runOnce();

    expect(reports.at(-1)?.report).toMatchObject({ phase: 'blocked', reason: 'hash-mismatch' });
    expect(asked.some(({ kind }) => kind === 'prepare')).toBe(false);
  });

  test('where more bytes come than were signed', async () => {
    artifact = Buffer.concat([BYTES, BYTES]);
    await runOnce();

    expect(asked.some(({ kind }) => kind === 'prepare')).toBe(false);
  });

  test('where the byte store has not got the file', async () => {
    server.more = (call, body) => (call.includes('/artifacts/') ? 'not-found' : serve(call, body));
    await runOnce();

    expect(reports.at(-1)?.report).toMatchObject({ phase: 'blocked', reason: 'artifact-missing' });
  });
});

test('a broken download goes on where it broke', async () => {
  const begun: boolean[] = [];
  server.onCall = async () => {
    if (server.calls.at(-1)?.includes('/artifacts/') !== true) return;
    const parts = await readdir(join(folder, 'state/spool'));
    const [part = ''] = parts.filter((name) => name.endsWith('.part'));
    begun.push((await stat(join(folder, 'state/spool', part))).size > 0);
    if (begun.length === 1) server.faults.push('answer-truncated');
  };

  expect(await runOnce()).toBe('failed');
  expect(await runOnce()).toBe('done');

  expect(phases().at(-1)).toBe('succeeded');
  expect(begun).toEqual([false, true]);
});

test('a grant whose time has passed is given back', async () => {
  says.start = { kind: 'report', report: { phase: 'returned', detail: 'the time to start passed' } };
  await runOnce();

  expect(phases()).toEqual(['claimed', 'fetching', 'preflight', 'armed', 'returned']);
});

test('a grant that the host cannot use is given back, with the reason', async () => {
  says.start = { kind: 'report', report: { phase: 'blocked', reason: 'drift', detail: 'acme-web' } };
  await runOnce();

  expect(phases().slice(4)).toEqual(['returned', 'blocked']);
  expect(reports.at(-1)?.report).toMatchObject({ reason: 'drift' });
});

test('a grant whose answer was lost is given back once its time has passed, and asked for anew', async () => {
  const isOut = {
    code: 'grant-outstanding',
    subject: 'web-1',
    sentence: 'It may have started.',
    clearableBy: ['system'],
  };
  grants.unshift({ kind: 'waiting', reasons: [isOut], retryMs: 5_000 });
  await runOnce();

  expect(phases()).toEqual(['claimed', 'fetching', 'preflight', 'armed', 'returned']);
  expect(await runOnce()).toBe('done');
  expect(phases().at(-1)).toBe('succeeded');
});

test('no grant is asked for while the server has not heard all that the host said', async () => {
  const calls: string[] = [];
  let isDeaf = true;
  server.more = (call, body) => {
    calls.push(call);
    return isDeaf && call === 'POST /agent/v1/reports' ? { acknowledged: 0 } : serve(call, body);
  };
  await runOnce();
  expect(calls.filter((call) => call.endsWith('/grant'))).toEqual([]);

  isDeaf = false;
  await runOnce();
  expect(phases().at(-1)).toBe('succeeded');
});

test('what was canceled before its start is not begun', async () => {
  says.prepare = { kind: 'report', report: { phase: 'blocked', reason: 'host-busy', detail: 'other' } };
  await runOnce();
  server.tasks = [{ kind: 'cancel', job: offer.job, why: 'halted' }];
  await runOnce();

  expect(asked.at(-1)).toMatchObject({ kind: 'cancel', why: 'halted' });
  expect(reports.at(-1)?.report).toMatchObject({ phase: 'returned' });
});

test('after a restart a job that is under way is found again', async () => {
  const memory = {
    held: { job: offer.job, offer, phase: 'started', grant: null, told: [], trail: 1 },
    ended: [],
  };
  await writeFile(join(folder, 'state/job.json'), JSON.stringify(memory), { mode: 0o600 });
  says.status = { kind: 'status', job: offer.job, standing: 'finished', trail: TRAIL };

  await runOnce();

  expect(phases()).toEqual(['verifying', 'health', 'succeeded']);
  expect(asked.some(({ kind }) => kind === 'start')).toBe(false);
});

test('a job that has ended is not begun again, though the server still names it', async () => {
  await runOnce();
  const before = asked.length;
  await runOnce();

  expect(asked.slice(before).map(({ kind }) => kind)).toEqual(['hello']);
});

test('reports that were not acknowledged are sent again, as they are', async () => {
  const lost: SignedReport[] = [];
  server.more = (call, body) => {
    if (call !== 'POST /agent/v1/reports' || lost.length > 0) return serve(call, body);
    lost.push(...ReportsRequest.parse(JSON.parse(body.toString())).reports);
    return { acknowledged: 0 };
  };
  await runOnce();

  expect(phases().at(-1)).toBe('succeeded');
  expect(reports.slice(0, lost.length)).toEqual(lost);
});

describe.skipIf(process.getuid?.() !== 0)('an enrolled host can be pinned, by root on it', () => {
  function pin(rootSha256: Hash): Promise<unknown> {
    const stateDirectory = join(folder, 'state');
    const places = { runnerStateDirectory: join(folder, 'runner'), guardPath: join(folder, 'etc/guard.json') };
    const guard = { ...STRICTEST_GUARD, environment: 'non-production' } as const;
    const { address, token } = server;
    return enroll({
      server: address,
      token,
      stateDirectory,
      host,
      surroundings,
      pin: { rootSha256, guard, ...places },
    });
  }

  beforeEach(() => {
    server.more = (call) => (call === 'GET /agent/v1/roots?after=0' ? { roots: ROOT_CHAIN } : null);
  });

  test('to the root whose hash was brought here', async () => {
    await pin(ROOT_SHA256);

    expect(JSON.parse(await readFile(join(folder, 'runner/pins.json'), 'utf8'))).toMatchObject({
      rootSha256: ROOT_SHA256,
    });
    expect(JSON.parse(await readFile(join(folder, 'etc/guard.json'), 'utf8'))).toMatchObject({
      environment: 'non-production',
    });
  });

  test('to no other root, whatever the server has', async () => {
    await expect(pin(sha256('another root'))).rejects.toMatchObject({ code: 'trust-root-refused' });
  });
});
