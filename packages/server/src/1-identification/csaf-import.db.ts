import { createHash } from 'node:crypto';
import { zipOf } from '@patchsteward/feeds';
import { detachedSignature, newSigner, type Signer } from '@patchsteward/standards/openpgp/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type CsafRevision, csafDocument } from './testing/csaf-document.ts';
import { openWorld, type World } from './testing/world.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-11-01T00:00:00Z');
const METADATA = {
  ...{ canonical_url: 'https://acme.example/provider-metadata.json', metadata_version: '2.0' },
  ...{ publisher: { name: 'Acme PSIRT', namespace: 'https://acme.example' }, role: 'csaf_trusted_provider' },
};

type Files = Map<string, string>;

describeWithDatabase('CSAF documents that come as files', () => {
  let world: World;
  let files: Files;
  let acme: Signer;
  let stranger: Signer;

  beforeAll(async () => {
    [acme, stranger] = await Promise.all([newSigner('Acme', BORN), newSigner('Stranger', BORN)]);
  });
  beforeEach(async () => {
    files = new Map();
    world = await openWorld();
    return () => world.close();
  });

  const fingerprintOf = (signer: Signer) => signer.publicKey.getFingerprint().toUpperCase();
  const hashed = (text: string, algorithm: string) => createHash(algorithm).update(text).digest('hex');

  async function add(...pinned: readonly Signer[]): Promise<void> {
    const fingerprints = pinned.map(fingerprintOf);
    const payload = { feed: 'acme', form: 'csaf', url: 'https://acme.example', fingerprints };
    expect((await world.app.inject({ method: 'POST', url: '/api/v1/feeds', payload })).statusCode).toBe(200);
  }
  async function pin(signer: Signer): Promise<void> {
    const payload = { fingerprints: [fingerprintOf(signer)], why: 'read aloud by their security team' };
    expect((await world.app.inject({ method: 'PUT', url: '/api/v1/feeds/acme/keys', payload })).statusCode).toBe(200);
  }
  /** A document, with its hash and a signature beside it. */
  async function lay(name: string, facts: CsafRevision, signer = acme): Promise<string> {
    const text = csafDocument(facts);
    files.set(name, text);
    files.set(`${name}.sha512`, `${hashed(text, 'sha512')}  ${name}\n`);
    files.set(`${name}.asc`, await detachedSignature(Buffer.from(text), [signer], SIGNED));
    return text;
  }
  const zip = () => zipOf([...files].map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
  const take = () => world.importFeed('acme', zip());
  const refuse = (bytes: Uint8Array | string = zip()) => world.refuseFeed('acme', bytes);
  const shown = async () => (await world.get('feeds/acme')).body;
  async function sources() {
    const rows = await world.db
      .selectFrom('identification.advisory')
      .select(['id', 'source_sha256', 'source_kind', 'checked_by', 'signed_by'])
      .orderBy('id')
      .execute();
    return rows.map((row) => [row.id, row.source_sha256, row.source_kind, row.checked_by, row.signed_by]);
  }
  const affected = async () =>
    (
      await world.db
        .selectFrom('identification.claim')
        .select(['advisory', 'ranges'])
        .where('valid_to', 'is', null)
        .orderBy('advisory')
        .execute()
    ).map(({ advisory, ranges }) => `${advisory} ${JSON.stringify(ranges).match(/"fixed":"([^"]+)"/)?.[1]}`);

  it('are taken from a zip once, each by its signature, and that is kept', async () => {
    await add(acme);
    const a = await lay('2026/a.json', {});
    const b = await lay('2026/b.json', { id: 'ACME-2', affected: '<3.0' });
    files.set('openpgp/acme.asc', acme.publicKey.armor());
    files.set('provider-metadata.json', JSON.stringify(METADATA));
    files.set('changes.csv', '2026/a.json,2026-11-02T00:00:00Z\n2026/b.json,2026-11-02T00:00:00Z\n');

    expect(await take()).toMatchObject({ changed: true, added: 2, records: 2, quarantinedTotal: 0 });
    expect(await affected()).toEqual(['ACME-1 2.0', 'ACME-2 3.0']);
    expect(await sources()).toEqual([
      ['ACME-1', `sha256:${hashed(a, 'sha256')}`, 'document', 'signature', [fingerprintOf(acme)]],
      ['ACME-2', `sha256:${hashed(b, 'sha256')}`, 'document', 'signature', [fingerprintOf(acme)]],
    ]);

    expect(await take()).toMatchObject({ changed: false, added: 0, updated: 0, quarantinedTotal: 0 });
    expect((await world.get('exposure/ACME-1')).body).toMatchObject({
      advisory: {
        id: 'ACME-1',
        source: {
          ...{ sha256: `sha256:${hashed(a, 'sha256')}`, of: 'document', checkedBy: 'signature' },
          signedBy: [fingerprintOf(acme)],
        },
      },
    });
    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select('payload')
      .where('kind', '=', 'feed.imported')
      .execute();
    expect(leaves).toMatchObject([
      { payload: { sha256: `sha256:${createHash('sha256').update(zip()).digest('hex')}` } },
    ]);
  });

  const path = '2026/a.json';
  const attacks: readonly [string, string, () => unknown][] = [
    [
      'was changed on its way',
      'its hash is not the one that stands beside it',
      () => files.set(path, csafDocument({ affected: '<9' })),
    ],
    [
      'was changed with its hash',
      'its signature does not hold',
      () => {
        const changed = csafDocument({ affected: '<9' });
        files.set(path, changed);
        files.set(`${path}.sha512`, hashed(changed, 'sha512'));
      },
    ],
    [
      'has a wrong SHA-256',
      'its hash is not the one that stands beside it',
      () => {
        files.delete(`${path}.sha512`);
        files.set(`${path}.sha256`, 'ab'.repeat(32));
      },
    ],
    ['has no signature', 'no signature stands beside it, and its keys are pinned', () => files.delete(`${path}.asc`)],
    ['has a page for a signature', 'what stands beside it is no signature', () => files.set(`${path}.asc`, '<html>')],
    [
      'has the signature of another',
      'its signature does not hold',
      () => files.set(`${path}.asc`, files.get('2026/b.json.asc') ?? ''),
    ],
    [
      'is signed by a stranger',
      'it is signed by none of the pinned keys',
      () => lay(path, { affected: '<9' }, stranger),
    ],
    [
      'is no CSAF',
      'document: Invalid input: expected object, received undefined',
      async () => {
        files.set(path, '{}');
        files.set(`${path}.sha512`, hashed('{}', 'sha512'));
        files.set(`${path}.asc`, await detachedSignature(Buffer.from('{}'), [acme], SIGNED));
      },
    ],
    [
      'has no hash where its provider promises one',
      'no hash stands beside it, which its provider promises',
      () => {
        files.delete(`${path}.sha512`);
        files.set('provider-metadata.json', JSON.stringify(METADATA));
      },
    ],
  ];

  it.each(attacks)('one that %s is refused beside the others, which are taken', async (_, problem, attack) => {
    await add(acme);
    await lay(path, {});
    await lay('2026/b.json', { id: 'ACME-2' });
    files.set('acme.asc', acme.publicKey.armor());
    await attack();

    expect(await take()).toMatchObject({ added: 1, quarantined: [{ record: path, problem }], quarantinedTotal: 1 });
    expect(await affected()).toEqual(['ACME-2 2.0']);
    expect(await shown()).toMatchObject({ records: 1, quarantined: 1, quarantine: [{ record: path, problem }] });
  });

  it('are refused as a whole where nothing of them holds', async () => {
    await add(acme);
    await lay(path, {}, stranger);
    files.set('acme.asc', acme.publicKey.armor());

    const message = `Refused: ${path}: it is signed by none of the pinned keys.`;
    expect(await refuse()).toMatchObject({ code: 'feed-unreadable', message });
    expect(await shown()).toMatchObject({ records: 0, failures: 1, lastError: message });
  });

  it.each([
    ['no key', () => undefined],
    ['another key', () => files.set('key.asc', stranger.publicKey.armor())],
    ['no key, and a signature called as one', () => files.set('key.asc', files.get(`${path}.asc`) ?? '')],
  ])('are refused where keys are pinned and there is %s', async (_, lie) => {
    await add(acme);
    await lay(path, {});
    lie();

    expect((await refuse()).message).toMatch(/^None of the keys that are pinned for acme is here/);
  });

  it('are not taken out of a text where keys are pinned: nothing can stand beside them', async () => {
    await add(acme);

    expect((await refuse(`${csafDocument({})}\n${csafDocument({ id: 'ACME-2' })}\n`)).message).toMatch(
      /no signature stands beside/,
    );
    expect((await refuse(csafDocument({}))).message).toMatch(/^None of the keys/);
    expect(await affected()).toEqual([]);
  });

  describe('of which no key is pinned', () => {
    beforeEach(() => add());

    it('are taken, and it is kept that only a hash held, or nothing', async () => {
      await lay(path, {});
      await lay('2026/b.json', { id: 'ACME-2' });
      files.delete('2026/b.json.sha512');

      expect(await take()).toMatchObject({ added: 2, quarantinedTotal: 0 });
      expect((await sources()).map(([id, , kind, by, keys]) => [id, kind, by, keys])).toEqual([
        ['ACME-1', 'document', 'hash', null],
        ['ACME-2', 'document', 'nothing', null],
      ]);
    });

    it('are checked once keys are pinned, though nothing in them is new', async () => {
      const text = await lay(path, {});
      await take();
      await pin(acme);
      files.set('acme.asc', acme.publicKey.armor());

      expect(await take()).toMatchObject({ changed: false, quarantinedTotal: 0 });
      expect(await sources()).toEqual([
        ['ACME-1', `sha256:${hashed(text, 'sha256')}`, 'document', 'signature', [fingerprintOf(acme)]],
      ]);
    });

    it('come as one file, or as lines, whose own hash is kept', async () => {
      const single = csafDocument({});
      const lines = `${csafDocument({ id: 'ACME-2' })}\n${csafDocument({ id: 'ACME-3' })}\n`;
      await world.importFeed('acme', single);
      await world.importFeed('acme', lines);

      expect(await world.importFeed('acme', single)).toMatchObject({ changed: false });
      expect(await sources()).toEqual([
        ['ACME-1', `sha256:${hashed(single, 'sha256')}`, 'document', 'nothing', null],
        ['ACME-2', `sha256:${hashed(lines, 'sha256')}`, 'file', 'nothing', null],
        ['ACME-3', `sha256:${hashed(lines, 'sha256')}`, 'file', 'nothing', null],
      ]);
    });

    it('in an older revision are refused, in a newer one taken', async () => {
      await lay(path, { version: '2', released: '2026-11-03T00:00:00Z' });
      await take();
      await lay(path, { version: '1', affected: '<9' });
      expect((await refuse()).message).toMatch(/it is revision 1 of .*, and 2 of .* was taken before\.$/);

      await lay(path, { version: '3', released: '2026-11-04T00:00:00Z', affected: '<2.5' });
      expect(await take()).toMatchObject({ added: 0, updated: 1 });
      expect(await affected()).toEqual(['ACME-1 2.5']);
    });

    it('that a list names and that are not there are told', async () => {
      await lay(path, {});
      files.set('index.txt', '2026/a.json\n2026/lost.json\n');
      const quarantined = [{ record: '2026/lost.json', problem: 'index.txt lists it, and it is not there' }];

      expect(await take()).toMatchObject({ added: 1, quarantined });
      expect(await take()).toMatchObject({ changed: false, quarantined, quarantinedTotal: 1 });
      expect(await shown()).toMatchObject({ records: 1, quarantine: quarantined });
    });

    it('say why a product is not affected, and so does what is read back of them', async () => {
      const because = { label: 'vulnerable_code_not_present', details: 'It has no router.' };
      const said = { justification: because.label, impact: because.details, status: 'not_affected' };
      await world.importFeed('acme', csafDocument({ unaffected: because }));

      const claims = async () =>
        world.db
          .selectFrom('identification.claim')
          .select(['justification', 'impact', 'status'])
          .where('valid_to', 'is', null)
          .where('package_name', '=', 'acme/switch')
          .orderBy('id')
          .execute();
      expect(await claims()).toEqual([said]);
      expect((await world.get('exposure/CVE-2026-0001')).body).toMatchObject({
        claims: [{ justification: null, impact: null }, said],
      });

      const { body: lines } = await world.app.inject({ url: '/api/v1/advisories/osv?feed=acme' });
      const payload = { feed: 'copy', form: 'osv', url: 'https://copy.example' };
      await world.app.inject({ method: 'POST', url: '/api/v1/feeds', payload });
      expect(await world.importFeed('copy', lines)).toMatchObject({ added: 1, quarantinedTotal: 0 });
      expect(await claims()).toEqual([said, said]);
    });

    it('say how severe it is, until they do so no more', async () => {
      const severity = async () => {
        const { intelligence } = (await world.get('exposure/CVE-2026-0001')).body as {
          intelligence: { severity: string; severityFrom: string | null };
        };
        return [intelligence.severity, intelligence.severityFrom];
      };
      const rated = { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' };
      await world.importFeed('acme', csafDocument(rated));
      expect(await severity()).toEqual(['critical', 'Acme']);

      await world.importFeed('acme', csafDocument({ version: '2', released: '2026-11-03T00:00:00Z' }));
      expect(await severity()).toEqual(['unknown', null]);
    });

    it('say another reason than before, and the claim is a new one', async () => {
      await lay(path, { unaffected: { label: 'component_not_present', details: 'None' } });
      await take();
      await lay(path, {
        ...{ version: '2', released: '2026-11-03T00:00:00Z' },
        unaffected: { label: 'component_not_present', details: 'It has no router.' },
      });

      expect(await take()).toMatchObject({ updated: 1 });
      const rows = await world.db
        .selectFrom('identification.claim')
        .select(['impact', 'valid_to'])
        .where('package_name', '=', 'acme/switch')
        .orderBy('id')
        .execute();
      expect(rows.map(({ impact, valid_to: until }) => [impact, until === null])).toEqual([
        [null, false],
        ['It has no router.', true],
      ]);
    });

    it('are asked for by their hashes, so that only what is new is sent', async () => {
      const wanted = async (...texts: readonly string[]) => {
        const payload = { sha256: texts.map((text) => `sha256:${hashed(text, 'sha256')}`) };
        const answer = await world.app.inject({ method: 'POST', url: '/api/v1/feeds/acme/documents/wanted', payload });
        return answer.json().sha256?.map((one: string) => payload.sha256.indexOf(one)) ?? answer.json().error.code;
      };
      const a = await lay(path, {});
      await take();
      const b = csafDocument({ id: 'ACME-2' });

      expect(await wanted(a, b)).toEqual([1]);
      await pin(acme);
      expect(await wanted(a, b)).toEqual([0, 1]);
      expect(await wanted()).toBe('bad-request');
    });

    it('may be none, or a damaged archive', async () => {
      files.set('index.txt', '');
      expect(await refuse()).toMatchObject({ code: 'feed-unreadable', message: 'No CSAF document is there.' });
      await lay(path, {});
      expect((await refuse(zip().subarray(0, 200))).message).toMatch(/the archive is damaged/);
    });
  });
});

describeWithDatabase('advisories of a file of many records', () => {
  it('keep the hash of the file in which their revision came first', async () => {
    const world = await openWorld();
    const osv = (...ids: readonly string[]) =>
      ids
        .map(
          (id) =>
            `${JSON.stringify({ id, modified: '2026-11-19T00:00:00Z', affected: [{ package: { ecosystem: 'Debian:12', name: 'curl' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2' }] }] }] })}\n`,
        )
        .join('');
    const hashOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
    try {
      await world.importFeed('debian-osv', osv('DSA-1-1'));
      await world.importFeed('debian-osv', osv('DSA-1-1', 'DSA-2-1'));
      const rows = await world.db
        .selectFrom('identification.advisory')
        .select(['id', 'source_sha256', 'source_kind', 'checked_by'])
        .orderBy('id')
        .execute();

      expect(rows).toEqual([
        { id: 'DSA-1-1', source_sha256: hashOf(osv('DSA-1-1')), source_kind: 'file', checked_by: 'nothing' },
        { id: 'DSA-2-1', source_sha256: hashOf(osv('DSA-1-1', 'DSA-2-1')), source_kind: 'file', checked_by: 'nothing' },
      ]);
    } finally {
      await world.close();
    }
  });
});
