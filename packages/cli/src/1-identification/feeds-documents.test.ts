import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipMembers } from '@patchsteward/feeds';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeRefusal } from '../platform/testing/fake-server.ts';
import { imported } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const LIMITS = { entriesMax: 100, entryBytesMax: 100_000, totalBytesMax: 1_000_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feeds-documents-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const document = (id: string) => JSON.stringify({ document: { csaf_version: '2.0', tracking: { id } } });
const hashOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A server that has taken these documents before. */
function taking(...taken: readonly string[]): void {
  answering({
    'feed.wanted': ({ body }) => {
      const { sha256 } = body as { sha256: string[] };
      return { sha256: sha256.filter((one) => !taken.map(hashOf).includes(one)) };
    },
    'feed.import': ({ params }) =>
      imported({ feed: String(params['feed']), added: 1, updated: 0, removed: 0, rejudged: 2, durationMs: 1_000 }),
  });
}

const sent = () =>
  calls()
    .filter(({ id }) => id === 'feed.import')
    .map(({ params, body }) => [
      params['feed'],
      Object.fromEntries(
        [...zipMembers(body as Buffer, LIMITS)].map(({ name, read }) => [name, Buffer.from(read()).toString()]),
      ),
    ]);
const told = (text: string) => text.replaceAll(folder, '');

const MIRROR = {
  'provider-metadata.json': '{"metadata_version":"2.0"}',
  'openpgp/key.asc': 'a key',
  'white/changes.csv': '2026/a.json,2026-11-02T00:00:00Z\n2026/b.json,2026-11-02T00:00:00Z\n',
  'white/2026/a.json': document('ACME-1'),
  'white/2026/a.json.sha512': 'hash of a',
  'white/2026/a.json.asc': 'signature of a',
  'white/2026/b.json': document('ACME-2'),
  'white/2026/b.json.asc': 'signature of b',
  'white/feed.json': '{"feed":{"entry":[]}}',
  'white/service.json': '{"service":{}}',
  'notes.txt': 'notes',
};

it('sends the documents of a mirror with what stands beside each, and what they are checked by', async () => {
  lay(MIRROR);
  taking();

  const { code, stdout, stderr } = await ask('feeds', 'import', '--feed', 'acme', folder);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const {
    'notes.txt': _,
    'white/changes.csv': __,
    'white/feed.json': ___,
    'white/service.json': ____,
    ...all
  } = MIRROR;
  expect(sent()).toEqual([['acme', all]]);
  expect(told(stdout).split('\n')[0]).toBe(
    'acme        2 records: 1 added, 0 updated, 0 removed; 2 source versions judged again; 1.0 s',
  );
});

it('sends what was not taken yet, and nothing where all was', async () => {
  lay(MIRROR);
  taking(document('ACME-1'));
  expect((await ask('feeds', 'import', '--feed', 'acme', folder)).code).toBe(0);
  expect(sent().map(([, files]) => Object.keys(files ?? {}))).toEqual([
    ['white/2026/b.json', 'white/2026/b.json.asc', 'openpgp/key.asc', 'provider-metadata.json'],
  ]);

  const before = calls().length;
  taking(document('ACME-1'), document('ACME-2'));
  const { code, stdout } = await ask('feeds', 'import', '--feed', 'acme', folder);
  expect([code, told(stdout)]).toEqual([0, 'acme        2 records: nothing new; 0.0 s\n            from \n']);
  expect(
    calls()
      .slice(before)
      .map(({ id }) => id),
  ).not.toContain('feed.import');
});

it('tells what a list names and the mirror has not', async () => {
  const rolie = {
    feed: { entry: [{ id: 'C', updated: 'x', content: { src: 'https://acme.example/csaf/white/2026/c.json' } }] },
  };
  lay({
    ...MIRROR,
    'index.txt': 'white/2026/lost.json\n',
    'white/feed.json': JSON.stringify(rolie),
    'black/changes.csv': '<html>',
  });
  taking();

  const { code, answer } = await askJson('feeds', 'import', '--feed', 'acme', folder);

  expect(code).toBe(0);
  expect(answer).toMatchObject({
    items: [
      {
        quarantinedTotal: 2,
        quarantined: [
          { record: 'white/2026/lost.json', problem: 'index.txt lists it, and it is not there' },
          {
            record: 'https://acme.example/csaf/white/2026/c.json',
            problem: 'white/feed.json lists it, and it is not there',
          },
        ],
      },
    ],
  });
});

it('sends one document with what stands beside it, as it is where nothing does', async () => {
  lay({ ...MIRROR, 'white/2026/key.gpg': 'a key', 'alone/c.json': document('ACME-3') });
  taking();

  expect((await ask('feeds', 'import', '--feed', 'acme', join(folder, 'white/2026/a.json'))).code).toBe(0);
  expect(sent()).toEqual([
    [
      'acme',
      {
        'a.json': document('ACME-1'),
        'a.json.sha512': 'hash of a',
        'a.json.asc': 'signature of a',
        'key.gpg': 'a key',
      },
    ],
  ]);

  expect((await ask('feeds', 'import', '--feed', 'acme', join(folder, 'alone/c.json'))).code).toBe(0);
  expect(String(calls().at(-1)?.body)).toBe(document('ACME-3'));
});

it('fails where the server refuses it, with its words', async () => {
  lay(MIRROR);
  answering({
    'feed.wanted': ({ body }) => body as { sha256: string[] },
    'feed.import': () => {
      throw new FakeRefusal('feed-unreadable', 'Refused: white/2026/a.json: its signature does not hold.');
    },
  });

  const { code, stderr } = await ask('feeds', 'import', '--feed', 'acme', folder);

  expect(code).toBe(1);
  expect(told(stderr)).toMatch(
    /^patchsteward: acme, from : Refused: white\/2026\/a.json: its signature does not hold; /,
  );
});

it('says that it passed documents over where nobody said whose they are', async () => {
  lay(MIRROR);
  taking();
  const nothing = await ask('feeds', 'import', folder);
  expect([nothing.code, told(nothing.stderr)]).toEqual([
    1,
    'patchsteward:  holds 2 CSAF documents, which no known feed is; --feed says of which provider they are; add the provider with "feeds add --form csaf", and name its feed with --feed\n',
  ]);

  lay({ 'kev.json': '{"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.08.07"}' });
  const some = await ask('feeds', 'import', folder);
  expect([some.code, told(some.stderr)]).toEqual([
    0,
    'patchsteward:  holds 2 CSAF documents, which no known feed is; --feed says of which provider they are\n',
  ]);
});
