import { HOUR_MS, MINUTE_MS, sentenceOf } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { wantedProposals } from './index.ts';
import { fileOf, poolPath } from './testing/repository.ts';
import { hashOf, NOON, openWorld, type World } from './testing/world.ts';

const OLD = { name: 'acme-web', version: '1.0' };
const NEW = { name: 'acme-web', version: '1.1' };
/** Others wait for a person or for time; these put a campaign into quarantine. */
const HOSTILE = ['hash-mismatch', 'signature-wrong', 'index-rolled-back'];
const LIBRARY = { name: 'libacme', version: '2.0' };

describeWithDatabase('packages are believed', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const publish = (more: Partial<Parameters<World['repository']['publish']>[0]> = {}) =>
    world.repository.publish({
      packages: [OLD, NEW, LIBRARY],
      date: NOON - HOUR_MS,
      validUntil: NOON + 24 * HOUR_MS,
      signers: [world.signer],
      ...more,
    });

  async function configured(): Promise<string> {
    await publish();
    const { id } = await world.addOrigin();
    expect((await world.refresh(id)).origin.problem).toBeNull();
    return id;
  }

  it('when a pinned key signs the index that lists them, byte for byte', async () => {
    const id = await configured();
    const host = '01890000-0000-7000-8000-00000000000a';

    const outcome = await world.verify([world.change(NEW, '1.0'), world.change(LIBRARY, null)], { host });

    const origin = world.change(NEW, '1.0').origin;
    expect(outcome).toMatchObject({
      kind: 'verified',
      transaction: {
        assetId: host,
        changes: [
          { name: 'acme-web', from: '1.0', to: '1.1', sha256: hashOf(NEW), origin },
          { name: 'libacme', from: null, to: '2.0', sha256: hashOf(LIBRARY) },
        ],
        rollback: {
          kind: 'downgrade',
          changes: [
            { name: 'acme-web', from: '1.1', to: '1.0', sha256: hashOf(OLD), sizeBytes: fileOf(OLD).length, origin },
            { name: 'libacme', from: '2.0', to: null, sha256: null, sizeBytes: 0, origin: null },
          ],
        },
      },
    });
    if (outcome.kind !== 'verified') throw new Error(outcome.kind);
    const report = JSON.parse(await bytesOf(outcome.transaction.evidence));
    const listed = await world.app.inject({ method: 'GET', url: `/api/v1/origins/${id}` });
    expect(report).toMatchObject({
      type: 'authenticity-report',
      class: 'A',
      indexes: [
        {
          release: listed.json().index.hash,
          signedBy: [world.signer.publicKey.getFingerprint().toUpperCase()],
          validUntil: '2026-11-21T12:00:00.000Z',
        },
      ],
      files: [{ name: 'acme-web', sha256: hashOf(NEW) }, { name: 'libacme' }],
      rollbackFiles: [{ version: '1.0', sha256: hashOf(OLD) }],
    });
    // The whole way lies in the store: signed file, index, new and old packages, report.
    expect(await bytesOf(report.indexes[0].release)).toContain('BEGIN PGP SIGNED MESSAGE');
    expect(await bytesOf(hashOf(OLD))).toBe(fileOf(OLD).toString());
    expect(await bytesOf(hashOf(NEW))).toBe(fileOf(NEW).toString());
    expect(await world.stored()).toHaveLength(6);
    expect(await world.records()).toEqual(
      expect.arrayContaining(['origin.added', 'index.verified', 'proposal.answered', 'transaction.verified']),
    );
    await world.settle(world.wanted(host, [world.change(NEW, '1.0')])).catch(() => undefined);
    expect(world.granted).toContain(host);
  });

  it('once for all hosts that would do the same', async () => {
    await configured();
    await world.verify([world.change(NEW, '1.0')]);
    const asked = world.repository.asked.length;

    expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({ kind: 'verified' });
    expect(world.repository.asked).toHaveLength(asked);
  });

  it('after an index on the server that is older than that of the host was fetched anew', async () => {
    const id = await configured();
    const next = { name: 'acme-web', version: '1.2' };
    world.at(NOON + MINUTE_MS * 5);
    await publish({ packages: [OLD, NEW, LIBRARY, next], date: NOON });

    expect(await world.verify([world.change(next, '1.1')])).toMatchObject({ kind: 'verified' });
    expect((await world.refresh(id)).changed).toBe(false);
  });

  it('still, when a newer version takes their place in the index', async () => {
    const id = await configured();
    const host = '01890000-0000-7000-8000-00000000000b';
    await world.verify([world.change(NEW, '1.0')], { host });
    world.at(NOON + HOUR_MS);
    await publish({ packages: [{ name: 'acme-web', version: '1.2' }], date: NOON });

    expect((await world.refresh(id)).changed).toBe(true);
    expect(await world.settle(world.wanted(host, [world.change(NEW, '1.0')]))).toMatchObject({ kind: 'verified' });
  });

  it('without a way back where no index lists the installed version, and say so', async () => {
    await configured();

    expect(await world.verify([world.change(NEW, '0.9')])).toMatchObject({
      kind: 'verified',
      transaction: { rollback: { kind: 'none', why: 'No verified index lists acme-web 0.9 any more.' } },
    });
  });

  it('without a way back where the old file is gone', async () => {
    await configured();
    world.repository.files.delete(poolPath(OLD));

    expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
      kind: 'verified',
      transaction: { rollback: { kind: 'none', why: expect.stringMatching(/cannot be fetched: .* answered 404/) } },
    });
  });

  it('with the old version out of an earlier index', async () => {
    const id = await configured();
    world.at(NOON + HOUR_MS);
    await publish({ packages: [NEW], date: NOON });
    await world.refresh(id);

    expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
      transaction: { rollback: { kind: 'downgrade', changes: [{ to: '1.0', sha256: hashOf(OLD) }] } },
    });
  });

  describe('not, and nothing of them is stored,', () => {
    const PUBLISHED_BADLY: readonly [string, string, (w: World) => Promise<void>][] = [
      ['by a stranger', 'signature-wrong', (w) => publish({ signers: [w.stranger] })],
      [
        'with words before what is signed',
        'signature-wrong',
        async (w) => {
          await publish();
          tamper(w, 'dists/stable/InRelease', (text) => `Origin: Evil\n${text}`);
        },
      ],
      [
        'with a changed word in what is signed',
        'signature-wrong',
        async (w) => {
          await publish();
          tamper(w, 'dists/stable/InRelease', (text) => text.replace('Origin: Acme', 'Origin: Acne'));
        },
      ],
      [
        'without a signature',
        'signature-wrong',
        async (w) => {
          await publish();
          tamper(w, 'dists/stable/InRelease', () => 'Origin: Acme\n');
        },
      ],
      ['past its time', 'index-expired', () => publish({ date: NOON - 9 * HOUR_MS, validUntil: NOON - 1 })],
      ['dated ahead', 'signature-wrong', () => publish({ date: NOON + HOUR_MS })],
      [
        'dated ahead in its text',
        'index-not-yet-valid',
        () => publish({ release: (text) => text.replace(/^Date: .*$/m, 'Date: Sun, 22 Nov 2026 12:00:00 UTC') }),
      ],
      ['of another suite', 'index-unreadable', () => publish({ suite: 'testing' })],
      [
        'with weak hashes alone',
        'index-unreadable',
        () => publish({ release: (text) => text.replace('SHA256:', 'SHA1:') }),
      ],
      [
        'without the index',
        'index-unreadable',
        () => publish({ release: (text) => text.replaceAll('binary-amd64', 'binary-arm64') }),
      ],
      [
        'with another index than it names',
        'hash-mismatch',
        async (w) => {
          await publish();
          for (const path of w.repository.files.keys()) {
            if (path.includes('by-hash')) tamper(w, path, (text) => text.replace('1', '2'));
          }
        },
      ],
      [
        'with an index without an end',
        'hash-mismatch',
        async (w) => {
          await publish();
          for (const path of w.repository.files.keys()) {
            if (path.includes('by-hash')) w.repository.files.set(path, Buffer.alloc(1024 * 1024));
          }
        },
      ],
      [
        'with a package outside of the archive',
        'index-unreadable',
        () => publish({ index: (text) => text.replace('Filename: pool', 'Filename: ../../pool') }),
      ],
    ];

    it.each(PUBLISHED_BADLY)('when the index is published %s: %s', async (_, code, prepare) => {
      await prepare(world);
      const { id } = await world.addOrigin();

      const { origin, changed } = await world.refresh(id);
      const outcome = await world.verify([world.change(NEW, '1.0')]);

      expect({ changed, state: origin.state }).toEqual({ changed: false, state: 'never-verified' });
      expect(origin.problem?.reason.code).toBe(code);
      if (outcome.kind === 'verified') throw new Error('it was believed');
      expect(outcome.kind).toBe(HOSTILE.includes(code) ? 'failed' : 'pending');
      expect(outcome.reasons.map((reason) => reason.code)).toEqual([code]);
      expect(outcome.reasons.map(sentenceOf).join(' ')).toContain(world.repository.url.slice('http://'.length));
      const kept = await world.stored();
      for (const file of [OLD, NEW]) expect(kept).not.toContain(hashOf(file).slice(7));
    });

    it('when an older index comes again, though its signature holds', async () => {
      const id = await configured();
      const older = new Map(world.repository.files);
      world.at(NOON + HOUR_MS);
      await publish({ packages: [LIBRARY], date: NOON });
      await world.refresh(id);
      for (const [path, bytes] of older) world.repository.files.set(path, bytes);

      const { origin } = await world.refresh(id);

      expect(origin.problem?.reason.code).toBe('index-rolled-back');
      expect(origin.index?.date).toBe('2026-11-20T12:00:00.000Z');
      expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
        kind: 'failed',
        reasons: [{ code: 'index-rolled-back' }],
      });
    });

    it('when another index stands under the same date', async () => {
      const id = await configured();
      await publish({ packages: [NEW] });

      expect((await world.refresh(id)).origin.problem?.reason.code).toBe('index-rolled-back');
    });

    it('when the index in force is past its time and nothing newer comes', async () => {
      await configured();
      world.at(NOON + 25 * HOUR_MS);

      expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
        kind: 'pending',
        reasons: [{ code: 'index-expired' }],
      });
    });

    it.each([
      [
        'no administrator configured their origin',
        'origin-not-configured',
        { origin: 'evil.example.org/apt stable/main' },
      ],
      ['the host names other bytes', 'hash-mismatch', { sha256: hashOf(OLD) }],
      ['the host names another size', 'hash-mismatch', { sizeBytes: 7 }],
      ['the version goes back', 'version-not-newer', { from: '1.2' }],
      ['the version stays', 'version-not-newer', { from: '1.1' }],
      ['no index lists the version', 'package-not-listed', { to: '7.7' }],
      ['no index lists the architecture', 'package-not-listed', { architecture: 'arm64' }],
      ['they would be removed', 'transaction-impossible', { to: null, sha256: null, origin: null }],
    ])('when %s', async (_, code, more) => {
      await configured();
      const before = await world.stored();

      expect(await world.verify([world.change(NEW, '1.0', more)])).toMatchObject({
        kind: HOSTILE.includes(code) ? 'failed' : 'pending',
        reasons: [{ code }],
      });
      expect(await world.stored()).toEqual(before);
    });

    it('when the file in the archive was changed', async () => {
      await configured();
      const before = await world.stored();
      world.repository.files.set(poolPath(NEW), Buffer.from(fileOf(NEW).toString().replace('bytes', 'bites')));

      expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
        kind: 'failed',
        reasons: [{ code: 'hash-mismatch' }],
      });
      expect(await world.stored()).toEqual(before);
    });

    it('when the index lists two files under one version', async () => {
      await publish({ packages: [NEW, { ...NEW, bytes: 'other bytes under the same name' }] });
      await world.refresh((await world.addOrigin()).id);

      expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({
        kind: 'failed',
        reasons: [{ code: 'hash-mismatch' }],
      });
    });

    it('when a later index has other bytes under the same version, also what was believed before', async () => {
      const id = await configured();
      const host = '01890000-0000-7000-8000-00000000000c';
      expect(await world.verify([world.change(NEW, '1.0')], { host })).toMatchObject({ kind: 'verified' });
      world.at(NOON + HOUR_MS);
      const other = { ...NEW, bytes: 'other bytes under the same name' };
      await publish({ packages: [OLD, other], date: NOON });
      await world.refresh(id);

      expect(await world.verify([world.change(other, '1.0')])).toMatchObject({ reasons: [{ code: 'hash-mismatch' }] });
      const wanted = world.wanted(host, [world.change(NEW, '1.0')]);
      await expect
        .poll(() => world.settle(wanted))
        .toMatchObject({ kind: 'failed', reasons: [{ code: 'hash-mismatch' }] });
    });

    it('when two configured origins do not agree', async () => {
      await configured();
      const second = await openWorld();
      try {
        await second.repository.publish({
          packages: [{ ...NEW, bytes: 'other bytes of the other origin' }],
          date: NOON - HOUR_MS,
          signers: [world.stranger],
        });
        const { id } = await world.addOrigin({
          url: second.repository.url,
          keys: world.stranger.publicKey.armor(),
        });
        await world.refresh(id);

        expect(await world.verify([world.change(NEW, '1.0')])).toMatchObject({ reasons: [{ code: 'hash-mismatch' }] });
      } finally {
        await second.close();
      }
    });
  });

  it('later, when an origin that was away answers again', async () => {
    const id = await configured();
    world.repository.fault = (path) => (path.startsWith('pool/') ? 503 : undefined);
    const host = '01890000-0000-7000-8000-00000000000d';
    const changes = [world.change(NEW, '1.0')];

    expect(await world.verify(changes, { host })).toMatchObject({
      kind: 'pending',
      reasons: [{ code: 'origin-unreachable' }],
    });
    world.repository.fault = undefined;
    world.at(NOON + HOUR_MS);
    await publish({ date: NOON });
    await world.refresh(id);
    await expect.poll(() => world.settle(world.wanted(host, changes))).toMatchObject({ kind: 'verified' });
  });

  it('later, when the host is asked again', async () => {
    await configured();
    const host = '01890000-0000-7000-8000-00000000000e';
    const wrong = [world.change(NEW, '1.0', { sha256: hashOf(OLD) })];
    expect(await world.verify(wrong, { host })).toMatchObject({ kind: 'failed' });
    expect(await wantedProposals(world.database.db, host)).toEqual([]);

    expect(await world.verify([world.change(NEW, '1.0')], { host, again: true })).toMatchObject({ kind: 'verified' });
  });

  it('later, when a host whose own index was old is asked again by itself', async () => {
    await configured();
    const host = '01890000-0000-7000-8000-000000000010';
    const gone = { ...NEW, version: '1.0.9' };
    const wanted = world.wanted(host, [world.change(NEW, '1.0')]);
    await world.ask(wanted);
    await world.answer(wanted, { kind: 'resolved', changes: [world.change(gone, '1.0')] });
    expect(await world.settle(wanted)).toMatchObject({ reasons: [{ code: 'package-not-listed' }] });
    world.at(NOON + 14 * MINUTE_MS);
    await world.ask(wanted);
    expect(await wantedProposals(world.database.db, host)).toEqual([]);

    world.at(NOON + 16 * MINUTE_MS);
    await world.ask(wanted);

    expect(await wantedProposals(world.database.db, host)).toHaveLength(1);
    await world.answer(wanted, { kind: 'resolved', changes: [world.change(NEW, '1.0')] });
    expect(await world.settle(wanted)).toMatchObject({ kind: 'verified' });
  });

  it('not before the host answered, and never where its package manager refuses', async () => {
    const host = '01890000-0000-7000-8000-00000000000f';
    const wanted = world.wanted(host, [world.change(NEW, '1.0')]);
    expect(await world.settle(wanted)).toMatchObject({ kind: 'pending', reasons: [{ code: 'proposal-pending' }] });

    const answer = { kind: 'impossible', why: 'acme-web is held' } as const;
    await expect(world.answer(wanted, answer)).rejects.toThrow('unknown');
    await world.ask(wanted);
    await world.answer(wanted, answer);

    expect(await world.settle(wanted)).toMatchObject({
      kind: 'pending',
      reasons: [{ code: 'transaction-impossible' }],
      details: ['acme-web is held'],
    });
  });

  async function bytesOf(hash: Parameters<World['authenticity']['openArtifact']>[0]): Promise<string> {
    const opened = await world.authenticity.openArtifact(hash);
    const chunks: Buffer[] = [];
    for await (const chunk of opened?.stream ?? []) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }
});

function tamper(world: World, path: string, change: (text: string) => string): void {
  const bytes = world.repository.files.get(path) ?? Buffer.of();
  world.repository.files.set(path, Buffer.from(change(bytes.toString('latin1')), 'latin1'));
}
