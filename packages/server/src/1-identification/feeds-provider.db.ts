import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { detachedSignature, newSigner, type Signer } from '@patchsteward/standards/openpgp/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { csafDocument as documentOf } from './testing/csaf-document.ts';
import { openWorld, type World } from './testing/world.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-11-01T00:00:00Z');
const CSAF = 'csaf/2026';

describeWithDatabase('a provider of CSAF', () => {
  let world: World;
  let server: Server;
  let files: Map<string, string>;
  let asked: string[];
  let base: string;
  let acme: Signer;
  let stranger: Signer;

  beforeAll(async () => {
    [acme, stranger] = await Promise.all([newSigner('Acme', BORN), newSigner('Stranger', BORN)]);
  });
  beforeEach(async () => {
    files = new Map();
    asked = [];
    server = createServer((request, response) => {
      const path = (request.url ?? '').slice(1);
      asked.push(path);
      const file = files.get(path);
      if (file === undefined) response.writeHead(404).end();
      else response.end(file);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    world = await openWorld();
    files.set('key.asc', acme.publicKey.armor());
    files.set('.well-known/csaf/provider-metadata.json', metadata());
  });
  afterEach(async () => {
    await world.close();
    server.closeAllConnections();
    server.close();
  });

  const fingerprintOf = (signer: Signer) => signer.publicKey.getFingerprint().toUpperCase();

  function metadata(members: object = {}): string {
    return JSON.stringify({
      canonical_url: `${base}/.well-known/csaf/provider-metadata.json`,
      metadata_version: '2.0',
      publisher: { category: 'vendor', name: 'Acme PSIRT', namespace: 'https://acme.example' },
      role: 'csaf_trusted_provider',
      distributions: [{ directory_url: `${base}/csaf` }],
      public_openpgp_keys: [{ fingerprint: fingerprintOf(acme), url: `${base}/key.asc` }],
      ...members,
    });
  }

  /** Puts a document with its hash and signature in place, and says in the list of changes when. */
  async function publish(name: string, document: string, changed: string, signer = acme): Promise<void> {
    const path = `${CSAF}/${name}.json`;
    files.set(path, document);
    files.set(`${path}.sha512`, `${createHash('sha512').update(document).digest('hex')}  ${name}.json\n`);
    files.set(`${path}.asc`, await detachedSignature(Buffer.from(document), [signer], SIGNED));
    const others = (files.get('csaf/changes.csv') ?? '').split('\n').filter((line) => !line.includes(`/${name}.json`));
    files.set('csaf/changes.csv', [`"2026/${name}.json","${changed}"`, ...others].join('\n'));
  }

  async function add(members: object = {}) {
    const payload = {
      feed: 'acme',
      form: 'csaf',
      url: base,
      fingerprints: [fingerprintOf(acme).toLowerCase()],
      ...members,
    };
    const response = await world.app.inject({ method: 'POST', url: '/api/v1/feeds', payload });
    return { status: response.statusCode, body: response.json() };
  }
  async function fetchAcme() {
    const response = await world.app.inject({ method: 'POST', url: '/api/v1/feeds/acme/fetch' });
    return { status: response.statusCode, body: response.json() };
  }
  const shown = async () => (await world.get('feeds/acme')).body;
  async function affected() {
    const rows = await world.db
      .selectFrom('identification.claim')
      .select(['advisory', 'ranges'])
      .where('valid_to', 'is', null)
      .orderBy('advisory')
      .execute();
    return rows.map(({ advisory, ranges }) => `${advisory} ${JSON.stringify(ranges).match(/"fixed":"([^"]+)"/)?.[1]}`);
  }

  it('is found by its domain, and its documents are taken once', async () => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    await publish('b', documentOf({ id: 'ACME-2', affected: '<3.0' }), '2026-11-03T00:00:00Z');

    expect(await add()).toMatchObject({ status: 200, body: { fingerprints: [fingerprintOf(acme)] } });
    expect(await fetchAcme()).toMatchObject({ status: 200, body: { changed: true, added: 2, quarantinedTotal: 0 } });
    expect(await affected()).toEqual(['ACME-1 2.0', 'ACME-2 3.0']);
    expect(await shown()).toMatchObject({ records: 2, scopes: ['product'], lastError: null });

    asked = [];
    expect(await fetchAcme()).toMatchObject({ status: 200, body: { changed: false } });
    expect(asked.filter((path) => path.startsWith(CSAF))).toEqual([]);
  });

  const look = async (url = base) => {
    const payload = { url };
    const answer = await world.app.inject({ method: 'POST', url: '/api/v1/csaf-providers/look', payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  const pin = async (signers: readonly Signer[], why = 'read aloud by their security team') => {
    const payload = { fingerprints: signers.map((signer) => fingerprintOf(signer).toLowerCase()), why };
    const answer = await world.app.inject({ method: 'PUT', url: '/api/v1/feeds/acme/keys', payload });
    return { status: answer.statusCode, body: answer.json() };
  };

  it('shows what it says of itself and its keys before it is added', async () => {
    const keys = [
      { fingerprint: fingerprintOf(acme), url: `${base}/key.asc` },
      { fingerprint: fingerprintOf(stranger), url: `${base}/key.asc` },
      { url: `${base}/nowhere.asc` },
    ];
    files.set('.well-known/csaf/provider-metadata.json', metadata({ public_openpgp_keys: keys }));

    expect(await look()).toMatchObject({
      status: 200,
      body: {
        ...{ name: 'Acme PSIRT', url: `${base}/.well-known/csaf/provider-metadata.json`, isTrusted: true },
        keys: [
          { fingerprint: fingerprintOf(acme), state: 'served', named: fingerprintOf(acme) },
          { fingerprint: fingerprintOf(acme), state: 'another-key', named: fingerprintOf(stranger) },
          { fingerprint: null, state: 'not-served' },
        ],
      },
    });
    files.delete('.well-known/csaf/provider-metadata.json');
    expect(await look()).toMatchObject({ status: 502, body: { error: { code: 'feed-unreachable' } } });
    expect(await look('ftp://acme.example')).toMatchObject({ status: 400 });
  });

  it('that changed its key is refused, until a person says that the new one counts', async () => {
    await add();
    files.set('key.asc', stranger.publicKey.armor());
    const keys = [{ fingerprint: fingerprintOf(stranger), url: `${base}/key.asc` }];
    files.set('.well-known/csaf/provider-metadata.json', metadata({ public_openpgp_keys: keys }));
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z', stranger);
    expect(await fetchAcme()).toMatchObject({ body: { error: { code: 'feed-unreadable' } } });
    expect(await affected()).toEqual([]);

    expect(await pin([stranger])).toMatchObject({ status: 200, body: { fingerprints: [fingerprintOf(stranger)] } });

    expect(await fetchAcme()).toMatchObject({ status: 200, body: { added: 1 } });
    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select('payload')
      .where('kind', '=', 'feed.keys-pinned')
      .execute();
    expect(leaves).toMatchObject([
      { payload: { before: [fingerprintOf(acme)], fingerprints: [fingerprintOf(stranger)] } },
    ]);
  });

  it('gets no keys without a word why, and no other feed gets any', async () => {
    await add();
    expect(await pin([stranger], ' ')).toMatchObject({ status: 400 });
    expect(await pin([])).toMatchObject({ status: 400 });
    expect(await shown()).toMatchObject({ fingerprints: [fingerprintOf(acme)] });

    const payload = { fingerprints: [fingerprintOf(acme)], why: 'compared' };
    const kev = await world.app.inject({ method: 'PUT', url: '/api/v1/feeds/kev/keys', payload });
    expect(kev.json()).toMatchObject({ error: { code: 'feed-not-addable' } });
  });

  it('is asked again for what has changed alone', async () => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    await publish('b', documentOf({ id: 'ACME-2' }), '2026-11-03T00:00:00Z');
    await add();
    await fetchAcme();
    asked = [];
    await publish(
      'a',
      documentOf({ version: '2', released: '2026-11-05T00:00:00Z', affected: '<2.5' }),
      '2026-11-05T00:00:00Z',
    );

    expect(await fetchAcme()).toMatchObject({ body: { added: 0, updated: 1 } });
    expect(asked.filter((path) => path.endsWith('.json') && path.startsWith(CSAF))).toEqual([`${CSAF}/a.json`]);
    expect(await affected()).toEqual(['ACME-1 2.5', 'ACME-2 2.0']);
  });

  it('is found by its security.txt, and read by its ROLIE feed', async () => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    files.delete('csaf/changes.csv');
    files.delete('.well-known/csaf/provider-metadata.json');
    files.set('.well-known/security.txt', `Contact: mailto:psirt@acme.example\nCSAF: ${base}/elsewhere.json\n`);
    files.set(
      'elsewhere.json',
      metadata({ distributions: [{ rolie: { feeds: [{ url: `${base}/feed.json`, tlp_label: 'WHITE' }] } }] }),
    );
    const link = [
      { rel: 'self', href: `${base}/${CSAF}/a.json` },
      { rel: 'hash', href: `${base}/${CSAF}/a.json.sha512` },
      { rel: 'signature', href: `${base}/${CSAF}/a.json.asc` },
    ];
    files.set(
      'feed.json',
      JSON.stringify({ feed: { entry: [{ id: 'ACME-1', updated: '2026-11-02T00:00:00Z', link }] } }),
    );
    await add();

    expect(await fetchAcme()).toMatchObject({ status: 200, body: { added: 1 } });
  });

  it('may list its files without times', async () => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    files.delete('csaf/changes.csv');
    files.set('csaf/index.txt', '2026/a.json\n');
    await add();

    expect(await fetchAcme()).toMatchObject({ status: 200, body: { added: 1 } });
    expect(await fetchAcme()).toMatchObject({ status: 200, body: { changed: false } });
  });

  describe('whose document', () => {
    const path = `${CSAF}/a.json`;
    const attacks: readonly [string, string, () => unknown][] = [
      [
        'was changed on its way',
        'its hash is not the one that stands beside it',
        () => files.set(path, documentOf({ affected: '<9' })),
      ],
      [
        'was changed with its hash',
        'its signature does not hold',
        () => {
          const changed = documentOf({ affected: '<9' });
          files.set(path, changed);
          files.set(`${path}.sha512`, createHash('sha512').update(changed).digest('hex'));
        },
      ],
      ['has no hash', 'no hash stands beside it, which its provider promises', () => files.delete(`${path}.sha512`)],
      ['has no signature', 'no signature stands beside it, and its keys are pinned', () => files.delete(`${path}.asc`)],
      ['has a page for a signature', 'what stands beside it is no signature', () => files.set(`${path}.asc`, '<html>')],
      [
        'is signed by a stranger',
        'it is signed by none of the pinned keys',
        () => publish('a', documentOf({ affected: '<9' }), '2026-11-06T00:00:00Z', stranger),
      ],
      [
        'is no CSAF',
        'document: Invalid input: expected object, received undefined',
        () => publish('a', '{}', '2026-11-06T00:00:00Z'),
      ],
      [
        'is an older revision',
        'it is revision 1 of 2026-11-01T00:00:00.000Z, and 2 of 2026-11-02T00:00:00.000Z was taken before',
        () => publish('a', documentOf({ released: '2026-11-01T00:00:00Z', affected: '<9' }), '2026-11-06T00:00:00Z'),
      ],
      [
        'is an older revision of the same time',
        'it is revision 1 of 2026-11-02T00:00:00.000Z, and 2 of 2026-11-02T00:00:00.000Z was taken before',
        () => publish('a', documentOf({ affected: '<9' }), '2026-11-06T00:00:00Z'),
      ],
    ];

    it.each(attacks)('%s keeps its last good state, with the reason', async (_, problem, attack) => {
      await publish('a', documentOf({ version: '2' }), '2026-11-02T00:00:00Z');
      await add();
      await fetchAcme();
      await publish(
        'a',
        documentOf({ version: '3', released: '2026-11-05T00:00:00Z', affected: '<2.5' }),
        '2026-11-05T00:00:00Z',
      );
      await attack();

      const refused = await fetchAcme();

      expect(refused).toMatchObject({ status: 400, body: { error: { code: 'feed-unreadable' } } });
      expect(refused.body.error.message).toBe(`Refused: ${base}/${path}: ${problem}.`);
      expect(await affected()).toEqual(['ACME-1 2.0']);
      expect(await shown()).toMatchObject({ records: 1, failures: 1, lastError: refused.body.error.message });
    });

    it('is refused beside others that are taken, and set aside', async () => {
      await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
      await publish('b', documentOf({ id: 'ACME-2' }), '2026-11-03T00:00:00Z', stranger);
      await add();

      expect(await fetchAcme()).toMatchObject({
        status: 200,
        body: {
          added: 1,
          quarantined: [{ record: `${base}/${CSAF}/b.json`, problem: 'it is signed by none of the pinned keys' }],
        },
      });
    });
  });

  const unread: readonly [string, object, () => unknown, RegExp][] = [
    [
      'whose keys nobody pinned',
      { fingerprints: [] },
      () => undefined,
      /^Acme PSIRT promises to sign its documents: pin/,
    ],
    [
      'that serves another key',
      {},
      () => files.set('key.asc', stranger.publicKey.armor()),
      /^Acme PSIRT serves none of the keys/,
    ],
    ['that is nowhere', {}, () => files.clear(), /names no provider-metadata.json/],
    [
      'whose metadata is a page',
      {},
      () => files.set('.well-known/csaf/provider-metadata.json', '<html>'),
      /is not JSON/,
    ],
    [
      'whose list is a page',
      {},
      () => files.set('csaf/changes.csv', 'a.json,2026-11-02T00:00:00Z\n<html>'),
      /line without a time/,
    ],
  ];

  it.each(unread)('%s is not read', async (_, members, attack, message) => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    await add(members);
    attack();

    const refused = await fetchAcme();

    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.error.message).toMatch(message);
    expect(asked.filter((one) => one.startsWith(CSAF))).toEqual([]);
    expect(await shown()).toMatchObject({ failures: 1, lastError: refused.body.error.message });
  });

  it('that promises nothing is taken without a signature, but never with a wrong hash', async () => {
    files.set('.well-known/csaf/provider-metadata.json', metadata({ role: 'csaf_provider' }));
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    await publish('b', documentOf({ id: 'ACME-2' }), '2026-11-03T00:00:00Z');
    for (const ending of ['.asc', '.sha512']) files.delete(`${CSAF}/a.json${ending}`);
    files.set(`${CSAF}/b.json.sha512`, 'ab'.repeat(64));
    await add({ fingerprints: [] });

    expect(await fetchAcme()).toMatchObject({ body: { added: 1, quarantinedTotal: 1 } });
  });

  it('that was removed is taken anew when it comes back', async () => {
    await publish('a', documentOf({}), '2026-11-02T00:00:00Z');
    await add();
    await fetchAcme();
    await world.app.inject({ method: 'DELETE', url: '/api/v1/feeds/acme' });
    expect(await affected()).toEqual([]);

    await add();
    expect(await fetchAcme()).toMatchObject({ status: 200 });
    expect(await affected()).toEqual(['ACME-1 2.0']);
  });

  it('pins keys of nothing else', async () => {
    expect(await add({ form: 'osv' })).toMatchObject({ status: 400, body: { error: { code: 'feed-not-addable' } } });
    expect(await add({ fingerprints: ['short'] })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-request' } },
    });
  });

  describe('an rpm repository', () => {
    const UPDATEINFO = `<updates><update type="security"><id>ALSA-2026:1</id><issued date="2026-11-02 00:00:00"/>
      <references><reference id="CVE-2026-0001" type="cve"/></references><pkglist><collection>
      <package name="curl" version="7" release="2.el9" epoch="0" arch="x86_64"/></collection></pkglist></update></updates>`;
    const index = (checksum: string, href = 'repodata/u.xml') =>
      `<repomd><data type="updateinfo"><checksum type="sha256">${checksum}</checksum><location href="${href}"/></data></repomd>`;

    beforeEach(async () => {
      files.set('os/repodata/u.xml', UPDATEINFO);
      await add({ form: 'updateinfo', url: `${base}/os/`, fingerprints: undefined });
    });

    it('gives its list of updates, as its index has it', async () => {
      files.set('os/repodata/repomd.xml', index(createHash('sha256').update(UPDATEINFO).digest('hex')));

      expect(await fetchAcme()).toMatchObject({ status: 200, body: { added: 1 } });
      expect(await shown()).toMatchObject({ scopes: ['almalinux:9'] });
    });

    it.each([
      ['with another list', index('ab'.repeat(32)), /is not what its repository's index says/],
      ['without a list', '<repomd/>', /lists no updates/],
      ['that points elsewhere', index('ab'.repeat(32), 'http://127.0.0.2/u.xml'), /names another host/],
      ['that is a page', '<html/>', /is no repomd.xml/],
    ])('%s changes nothing', async (_, repomd, message) => {
      files.set('os/repodata/repomd.xml', repomd);

      const refused = await fetchAcme();

      expect(refused.body.error.message).toMatch(message);
      expect(await shown()).toMatchObject({ records: 0, failures: 1, lastError: refused.body.error.message });
    });
  });
});
