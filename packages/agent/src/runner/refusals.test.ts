import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { type Envelope, withSignature } from '@patchsteward/trust/dsse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePasskey } from '../../../trust/src/testing/passkeys.ts';
import { KEYS, rootEnvelope, signature, signedBy, team, withPasskey } from '../../../trust/src/testing/people.ts';
import { change, guard } from '../../../trust/src/testing/plans.ts';
import { RunnerClient } from '../agentd/runner-client.ts';
import { makeOffer, type OfferParts, passkeySignatureIn } from './testing/offers.ts';
import { makeTiedRunner, type TiedRunner } from './testing/runner-in-folder.ts';
import type { Offer } from './work-order.ts';

const GUARD = guard({
  allow: { reboot: false, kernel: false, lanes: ['routine', 'critical'] },
  packagesDenied: ['acme-denied'],
});

let runner: TiedRunner;
let client: RunnerClient;

beforeEach(async () => {
  runner = await makeTiedRunner({ guard: GUARD });
  client = new RunnerClient(runner.socketPath);
});

afterEach(() => runner.remove());

const prepare = (offer: unknown) => client.ask({ kind: 'prepare', offer, spool: '/nonexistent/spool' });
const start = ({ job }: Offer) => client.ask({ kind: 'start', job, grant: 'g', startByBoottimeMs: 1_060_000 });

/** Nothing was copied, noted or started: the same offer could come again and would be judged anew. */
async function expectUntouched(): Promise<void> {
  expect(runner.touched).toEqual([]);
  for (const folder of ['packages', 'journal', 'offers', 'logs']) {
    expect(await readdir(join(runner.stateDirectory, folder)), folder).toEqual([]);
  }
}

function offer(parts: OfferParts = {}, changes: readonly PackageChange[] = [change()]): Offer {
  return makeOffer(changes, parts);
}

function withLeaf(leaf: Partial<Leaf>): Offer {
  return offer({ leaf });
}

/** The bytes of the plan with one word exchanged, under signatures that were made for another. */
function forged(good: Offer, from: string, to: string): Envelope {
  const payload = Buffer.from(good.envelope.payload, 'base64').toString('utf8');
  expect(payload).toContain(from);
  return { ...good.envelope, payload: Buffer.from(payload.replace(from, to)).toString('base64') };
}

function strangersOnly(good: Offer): Envelope {
  const bare = { ...good.envelope, signatures: [] };
  return { ...bare, signatures: [signature(bare, KEYS.stranger)] };
}

describe('a wrong plan is refused before anything is touched', () => {
  test.each<[string, string, () => unknown]>([
    [
      'nobody signed it',
      'signature-missing',
      () => ({ ...offer(), envelope: { ...offer().envelope, signatures: [] } }),
    ],
    ['a stranger signed it', 'signer-unknown', () => ((good) => ({ ...good, envelope: strangersOnly(good) }))(offer())],
    [
      'its lane was exchanged',
      'signature-wrong',
      () => ((good) => ({ ...good, envelope: forged(good, '"critical"', '"routine"') }))(offer()),
    ],
    [
      'its epoch was raised',
      'signature-wrong',
      () =>
        ((good) => ({ ...good, envelope: forged(good, `"epoch":${good.epoch}`, `"epoch":${good.epoch + 9}`) }))(
          offer(),
        ),
    ],
    ['only its requester signed it', 'quorum-missing', () => offer({ signers: ['ivy'] })],
    ['its requester did not sign it', 'requester-not-signed', () => offer({ signers: ['otto', 'cara', 'sam'] })],
    ['the requester signed with two keys', 'quorum-missing', () => offer({ signers: ['ivy', 'ivySecond'] })],
    ['one approver is missing', 'quorum-missing', () => offer({ signers: ['ivy', 'otto'] })],
    ['it is past its end', 'plan-expired', () => expired()],
    ['it rests on a root that nobody here knows', 'root-unknown', () => offer({ plan: { rootVersion: 2 } })],
    ['it calls this host a test host', 'test-plan-on-production', () => testPlan()],
    ['another host is in the leaf', 'not-this-host', () => withLeaf({ assetId: OTHER_HOST })],
    [
      'the leaf is of another plan',
      'leaf-not-in-plan',
      () => ({ ...offer(), leaf: withLeaf({ rollbackGraceMs: 1 }).leaf }),
    ],
    ['the proof is of another place', 'leaf-not-in-plan', () => ({ ...offer(), leafIndex: 1 })],
    ['the proof is left out', 'leaf-not-in-plan', () => ({ ...offer(), proof: [] })],
    ['the owner denies the package', 'package-denied', () => offer({}, [change({ name: 'acme-denied' })])],
    [
      'the owner denies kernels',
      'kernel-not-allowed',
      () => offer({}, [change({ name: 'linux-image-6.1.0-40-amd64' })]),
    ],
    ['the owner denies reboots', 'reboot-not-allowed', () => withLeaf({ reboot: 'if-needed' })],
    ['the owner denies the lane', 'lane-not-allowed', () => offer({ plan: { lane: 'emergency' } })],
    [
      'it goes back',
      'version-not-newer',
      () => offer({}, [change({ from: '3.0.18-1~deb12u1', to: '3.0.17-1~deb12u2' })]),
    ],
    ['it only installs what is new', 'action-not-allowed', () => offer({}, [change({ from: null })])],
    [
      'it removes',
      'action-not-allowed',
      () => offer({}, [change({ to: null, sha256: null, sizeBytes: 0, origin: null })]),
    ],
    ['it needs a backup and has none', 'backup-missing', () => withLeaf({ backup: { kind: 'not-needed' } })],
    [
      'its time is over',
      'outside-interval',
      () => withLeaf({ intervals: [{ from: Date.now() - 2 * HOUR_MS, until: Date.now() - HOUR_MS }] }),
    ],
    ['it goes by the name of another job', 'job-key-wrong', () => ({ ...offer(), job: sha256('another job') })],
  ])('%s: %s', async (_, code, make) => {
    const wrong = make();

    expect(await prepare(wrong)).toMatchObject({
      kind: 'report',
      report: { phase: 'blocked', reason: 'plan-not-authorized', detail: expect.stringContaining(code) },
    });
    await expectUntouched();
  });
});

describe('a passkey', () => {
  const routine = (...signers: NonNullable<OfferParts['signers']>) => offer({ plan: { lane: 'routine' }, signers });

  test('approves a plan whose lane asks for no client of its own', async () => {
    // The package is fetched nowhere: only the authority of the plan is asked for here.
    expect(await prepare(routine('ivy', 'caraPasskey'))).toMatchObject({ report: { reason: 'artifact-missing' } });
  });

  test.each<[string, string, () => unknown]>([
    [
      'what it signed for another plan',
      'other-challenge',
      () => {
        const another = routine('ivy');
        const signed = passkeySignatureIn(routine('ivy', 'caraPasskey'));
        return { ...another, envelope: withSignature(another.envelope, signed) };
      },
    ],
    [
      'alone, where one client of its own is asked for',
      'cli-signature-missing',
      () => offer({ signers: ['ivy', 'caraPasskey', 'samPasskey'] }),
    ],
    [
      'that no root names',
      'quorum-missing',
      () => {
        const another = routine('ivy');
        const stranger = signature(another.envelope, makePasskey());
        return { ...another, envelope: withSignature(another.envelope, stranger) };
      },
    ],
  ])('%s: %s', async (_, code, make) => {
    expect(await prepare(make())).toMatchObject({
      report: { reason: 'plan-not-authorized', detail: expect.stringContaining(code) },
    });
    await expectUntouched();
  });

  test('counts from the root on that names it', async () => {
    const added = makePasskey();
    const next = withPasskey(team({ version: 2 }), 'cara', added);
    const asked = routine('ivy');
    const signed = { ...asked, envelope: withSignature(asked.envelope, signature(asked.envelope, added)) };
    expect(await prepare(signed)).toMatchObject({ report: { reason: 'plan-not-authorized' } });

    const envelopes = [rootEnvelope(next, 'ada', 'adrian')];
    expect(await client.ask({ kind: 'roots', envelopes })).toEqual({ kind: 'roots', version: 2, refused: null });
    expect(await prepare(signed)).toMatchObject({ report: { reason: 'artifact-missing' } });
  });
});

/** As `summarize` gives it for the leaves of `makeOffer`. */
function makeSummary() {
  return {
    hosts: 2,
    waves: 1,
    packages: [{ name: 'openssl', from: '3.0.17-1~deb12u2', to: '3.0.18-1~deb12u1', hosts: 2 }],
    reboots: 0,
    withoutRollback: 1,
    withoutBackup: 0,
  };
}

function expired(): Offer {
  const intervals = [{ from: Date.now() - 3 * HOUR_MS, until: Date.now() - 2 * HOUR_MS }];
  const summary = { ...makeSummary(), firstStart: Date.now() - 3 * HOUR_MS, lastEnd: Date.now() - 2 * HOUR_MS };
  return offer({ leaf: { intervals }, plan: { notAfter: Date.now() - 1, summary } });
}

const OTHER_HOST = '0190a000-0000-7000-8000-000000000001'.replace(/1$/, '0');

function testPlan(): Offer {
  return offer({ plan: { kind: 'test' }, leaf: { wave: 0, backup: { kind: 'not-needed' } } });
}

test('what was not prepared cannot be started', async () => {
  expect(await start(offer())).toMatchObject({ report: { phase: 'blocked', reason: 'plan-not-authorized' } });
  await expectUntouched();
});

test('an older epoch than the last one that was acted on', async () => {
  const old = offer();
  const marks = { last: { epoch: old.epoch + 1, plan: sha256('the last plan') }, clockFloor: 0, superseded: [] };
  await writeFile(join(runner.stateDirectory, 'marks.json'), JSON.stringify(marks));

  expect(await prepare(old)).toMatchObject({ report: { detail: expect.stringContaining('epoch-old') } });
});

test('a clock before a time that this host has seen', async () => {
  await prepare(offer());
  runner.setClock(Date.now() - HOUR_MS);

  expect(await prepare(offer())).toMatchObject({ report: { reason: 'clock-wrong' } });
  await expectUntouched();
});

test('a guard that cannot be read allows nothing, and says so', async () => {
  await writeFile(runner.guardPath, '{"environment":"production"}');

  expect(await prepare(offer())).toMatchObject({ report: { reason: 'guard-unusable' } });
  expect(await client.ask({ kind: 'hello' })).toMatchObject({
    facts: null,
    why: expect.stringContaining('guard.json'),
  });
});

describe('the trust root', () => {
  const next = team({ version: 2, organization: 'Example Ltd' });

  test('a host without a chain believes nobody', async () => {
    await runner.remove();
    runner = await makeTiedRunner({ guard: GUARD, roots: [rootEnvelope(team(), 'ada', 'adrian')] });
    await writeFile(join(runner.stateDirectory, 'root.json'), '[]');
    await expect(runner.restart()).rejects.toMatchObject({ code: 'trust-root-damaged' });
    await writeFile(join(runner.stateDirectory, 'root.json'), JSON.stringify([rootEnvelope(team(), 'ada', 'adrian')]));
    await runner.restart();
  });

  test('a successor is taken when the people of the one before signed it, and survives a restart', async () => {
    const envelopes = [rootEnvelope(next, 'ada', 'adrian')];

    expect(await client.ask({ kind: 'roots', envelopes })).toEqual({ kind: 'roots', version: 2, refused: null });
    await runner.restart();
    expect(await client.ask({ kind: 'hello' })).toMatchObject({ facts: { rootVersion: 2 } });
  });

  test.each([
    ['one of two signed it', rootEnvelope(next, 'ada')],
    ['others signed it', rootEnvelope(next, 'ivy', 'otto')],
    ['it leaves one out', rootEnvelope(team({ version: 3 }), 'ada', 'adrian')],
    ['it changes the root that is known', rootEnvelope(team({ organization: 'Others' }), 'ada', 'adrian')],
  ])('a successor is refused where %s', async (_, envelope) => {
    expect(await client.ask({ kind: 'roots', envelopes: [envelope] })).toMatchObject({
      version: 1,
      refused: expect.any(String),
    });
    expect(await readFile(join(runner.stateDirectory, 'root.json'), 'utf8')).not.toContain('Others');
  });

  test('a root that comes with an offer is refused like any other', async () => {
    const others = signedBy({ ...rootEnvelope(next, 'ivy'), signatures: [] }, 'ivy', 'otto');

    await prepare({ ...offer({ signers: ['ivy'] }), roots: [others] });

    expect(await client.ask({ kind: 'hello' })).toMatchObject({ facts: { rootVersion: 1 } });
  });
});

describe('the line', () => {
  async function say(bytes: string | Buffer): Promise<string> {
    const socket = connect(runner.socketPath);
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.write(bytes);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(socket, 'close');
    return text;
  }

  test.each([
    ['not JSON', 'hello\n'],
    ['an unknown request', '{"kind":"shell"}\n'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x0a])],
    ['deep nesting', `${'['.repeat(200_000)}\n`],
  ])('%s is answered, and cut off', async (_, bytes) => {
    expect(await say(bytes)).toContain('request-unreadable');
    expect(await client.ask({ kind: 'hello' })).toMatchObject({ kind: 'hello' });
  });

  test('a line without an end is cut off', async () => {
    const socket = connect(runner.socketPath);
    // It is cut off while we still write.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.alloc(9 * 1024 * 1024, 'x'));
    await closed;

    expect(await client.ask({ kind: 'hello' })).toMatchObject({ kind: 'hello' });
  });

  test('several questions in one piece are answered in order', async () => {
    const socket = connect(runner.socketPath);
    await once(socket, 'connect');
    socket.write(`{"kind":"hello"}\n{"kind":"status","job":"${sha256('x')}"}\n{"kind":"hello"}\n`);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    while (text.split('\n').length < 4) await once(socket, 'data');
    socket.destroy();

    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['hello', 'status', 'hello']);
  });
});
