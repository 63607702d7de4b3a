import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Refusal } from '../platform/http/refusal.ts';
import { createLog } from '../platform/log.ts';
import { FeedFolder } from './feeds-folder.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';

const WAIT_MS_MAX = 5_000;

let directory: string;
let taken: string[];
let folder: FeedFolder | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'feeds-folder-'));
  taken = [];
});
afterEach(async () => {
  await folder?.stop();
  await rm(directory, { recursive: true });
});

/** A file that was written a while ago. It comes whole and with its time: the folder is being looked at meanwhile. */
async function put(name: string, content: string | Uint8Array, changedAt = 1_000): Promise<void> {
  const path = join(directory, name);
  const elsewhere = `${directory}.new`;
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(elsewhere, content);
  await utimes(elsewhere, changedAt, changedAt);
  await rename(elsewhere, path);
}

function watch(
  importFile: (feed: string) => Promise<unknown> = () => Promise.resolve(),
  log = createLog({ level: 'silent' }),
): void {
  folder = new FeedFolder({
    directory,
    scratchDirectory: join(directory, '.scratch'),
    lookEveryMs: 10,
    clock: () => Date.now(),
    log,
    providers: () => Promise.resolve(['acme']),
    importProvider: async (feed, path) => {
      taken.push(`${feed} ${path.slice(directory.length)}`);
      await importFile(feed);
    },
    importFile: async (feed, file) => {
      taken.push(`${feed} ${file.sha256.slice(0, 15)}`);
      await importFile(feed);
    },
  });
}

async function untilTaken(count: number): Promise<string[]> {
  const limit = Date.now() + WAIT_MS_MAX;
  while (taken.length < count && Date.now() < limit) await setTimeout(5);
  // Whatever else would be taken has its chance.
  await setTimeout(60);
  return taken.map((text) => text.split(' ')[0] ?? '');
}

const KEV = kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2026-0001' });

it('takes the feeds of a folder by what they hold, the oldest first', async () => {
  await put('b/epss.csv.gz', gzipSync(epssFile('v2026', '2026-11-19', ['CVE-2026-0001', 0.5, 0.9])), 3_000);
  await put('kev.json', KEV, 2_000);
  await put('a/b/c/osv.jsonl', osvFile({ id: 'DSA-1-1' }), 1_000);
  await put('README.md', '# not a feed');
  await put('a/b/c/d/too-deep.json', KEV);
  watch();

  expect(await untilTaken(3)).toEqual(['debian-osv', 'kev', 'epss']);
});

it('takes a file again only when it changes', async () => {
  await put('kev.json', KEV);
  watch();
  await untilTaken(1);

  await put('kev.json', `${KEV} `, 2_000);

  expect(await untilTaken(2)).toEqual(['kev', 'kev']);
  expect(new Set(taken).size).toBe(2);
});

it('leaves a file alone that is still being written', async () => {
  await put('kev.json', KEV, Date.now() / 1_000 + 60);
  watch();

  expect(await untilTaken(0)).toEqual([]);
});

it('tries again what another import kept it from, and not what was refused', async () => {
  await put('kev.json', KEV, 1_000);
  await put('osv.jsonl', osvFile({ id: 'DSA-1-1' }), 2_000);
  let busy = 2;
  watch((feed) => {
    if (feed === 'debian-osv') return Promise.reject(new Refusal('feed-unreadable', 'broken'));
    busy -= 1;
    return busy > 0 ? Promise.reject(new Refusal('feed-busy', 'wait')) : Promise.resolve();
  });

  expect(await untilTaken(3)).toEqual(['kev', 'debian-osv', 'kev']);
});

it('a folder that is not there is looked for until it is', async () => {
  const real = directory;
  directory = join(real, 'later');
  watch();
  await setTimeout(30);

  await put('kev.json', KEV);

  expect(await untilTaken(1)).toEqual(['kev']);
  directory = real;
});

const CSAF = '{"document":{"csaf_version":"2.0"}}';

it('takes a folder that has the name of a provider as a whole, and again when anything in it changes', async () => {
  await put('acme/2026/a.json', CSAF);
  await put('acme/kev.json', KEV);
  watch();
  expect(await untilTaken(1)).toEqual(['acme']);
  expect(taken).toEqual(['acme /acme']);

  await put('acme/2026/a.json.asc', 'signature', 2_000);

  expect(await untilTaken(2)).toEqual(['acme', 'acme']);
});

it('leaves a provider alone while it is being copied, and one whose folder is empty', async () => {
  await put('acme/2026/a.json', CSAF);
  await put('acme/2026/b.json', CSAF, Date.now() / 1_000 + 60);
  watch();
  expect(await untilTaken(0)).toEqual([]);

  await rm(join(directory, 'acme'), { recursive: true });
  await mkdir(join(directory, 'acme/2026'), { recursive: true });
  expect(await untilTaken(0)).toEqual([]);
});

it('says once where documents lie of which nobody knows whose they are', async () => {
  const said: string[] = [];
  const stream = { write: (line: string) => said.push(JSON.parse(line).msg.replaceAll(directory, '')) };
  await put('others/a.json', CSAF);
  await put('others/b.json', CSAF);
  await put('kev.json', KEV, 2_000);
  watch(undefined, createLog({ level: 'warn', destination: stream }));

  expect(await untilTaken(1)).toEqual(['kev']);
  expect(said).toEqual([
    "CSAF documents in /others are not imported: put them into a folder that has the name of their provider's feed",
  ]);
});
