import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipMembers } from '@patchsteward/feeds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeCall, FakeRefusal } from '../platform/testing/fake-server.ts';
import { at, feed, imported } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
const inFolder = (name: string) => join(folder, name);

const OSV =
  '{"id":"DSA-1-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"curl"}}]}\n';
const KEV = '{"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "2026.08.07"}';
const EPSS = '#model_version:v1,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\n';
/** More than one chunk of a stream. */
const MANY = OSV.repeat(5_000);

beforeAll(() => {
  mkdirSync(inFolder('all/deep/er'), { recursive: true });
  mkdirSync(inFolder('none'));
  for (const [name, content, changed] of [
    ['all/dsa.jsonl', MANY, 3],
    ['all/deep/kev.json.gz', gzipSync(KEV), 1],
    ['all/deep/er/epss.csv', EPSS, 2],
    ['all/notes.txt', OSV, 4],
    ['all/schema.json', '{}', 4],
    ['old.json', KEV, 1],
    ['kev-as-it-came', KEV, 9],
    ['odd', 'odd', 1],
    ['none/notes.txt', 'nothing', 1],
    ['large.json', '', 1],
  ] as const) {
    writeFileSync(inFolder(name), content);
    utimesSync(inFolder(name), changed, changed);
  }
  truncateSync(inFolder('large.json'), 512 * 1024 * 1024 + 1);
  symlinkSync(inFolder('all'), inFolder('all/deep/loop.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: unknown) =>
  createHash('sha256')
    .update(bytes as Buffer)
    .digest('hex');
const sent = () => calls().map(({ params, body }) => [params['feed'], sha256(body)]);

function taking(refuse: (call: FakeCall) => FakeRefusal | undefined = () => undefined): void {
  answering({
    'feed.import': (call) => {
      const refusal = refuse(call);
      if (refusal !== undefined) throw refusal;
      return imported({ feed: call.params['feed'] as 'kev' });
    },
  });
}

describe('feeds import', () => {
  it('finds the feeds of a folder, sends each as it is, the oldest first, and says what became of it', async () => {
    taking();

    const { code, stdout, stderr } = await ask('feeds', 'import', inFolder('all'));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(sent()).toEqual([
      ['kev', sha256(gzipSync(KEV))],
      ['epss', sha256(EPSS)],
      ['debian-osv', sha256(MANY)],
    ]);
    expect(stdout.replaceAll(folder, '').split('\n').slice(4)).toEqual([
      'debian-osv  2,354 records: 2,000 added, 1 updated, 0 removed; 429 source versions judged again; 3.2 s',
      '            from /all/dsa.jsonl',
      '',
    ]);
  });

  it('takes files by what they hold, of one feed the newer one last', async () => {
    taking();

    expect((await ask('feeds', 'import', inFolder('kev-as-it-came'), inFolder('old.json'))).code).toBe(0);
    expect(calls().map(({ params }) => params['feed'])).toEqual(['kev', 'kev']);
    expect(sent()).toHaveLength(2);
  });

  it('believes the person where the file does not say', async () => {
    taking(() => new FakeRefusal('feed-unreadable', 'The file is no JSON.'));

    const { code, stderr } = await ask('feeds', 'import', '--feed', 'epss', inFolder('odd'));

    expect([code, stderr.replaceAll(folder, '')]).toEqual([
      1,
      'patchsteward: epss, from /odd: The file is no JSON; fetch the feed again; the file named in the message is not what it should be\n',
    ]);
    expect(calls()[0]?.params).toEqual({ feed: 'epss' });
  });

  it('says what could not be used, and what nothing was new in', async () => {
    answering({
      'feed.import': () =>
        imported({
          changed: false,
          quarantinedTotal: 1_234,
          quarantined: [1, 2, 3, 4].map((n) => ({ record: `DSA-${n}\u001b[2J`, problem: 'modified: missing' })),
        }),
    });

    const { code, stdout } = await ask('feeds', 'import', inFolder('all/dsa.jsonl'));

    expect([code, stdout.replaceAll(folder, '').split('\n')]).toEqual([
      0,
      [
        'debian-osv  2,354 records: nothing new; 3.2 s',
        '            from /all/dsa.jsonl',
        '            set aside: 1,234 records that could not be used, for example:',
        '              DSA-1\ufffd[2J: modified: missing',
        '              DSA-2\ufffd[2J: modified: missing',
        '              DSA-3\ufffd[2J: modified: missing',
        '',
      ],
    ]);
  });

  it('says that the lists do not show all of it yet, and what will', async () => {
    answering({ 'feed.import': () => imported({ countingSince: at(-1) }) });

    const { code, stdout } = await ask('feeds', 'import', inFolder('all/dsa.jsonl'));

    expect(code).toBe(0);
    expect(stdout).toMatch(/not in all lists over the fleet yet: .*\n +"patchsteward feeds status" says until when\n/);
  });

  it('goes on after a refusal, and fails in the end', async () => {
    taking(({ params }) =>
      params['feed'] === 'kev' ? new FakeRefusal('feed-busy', 'An import of kev is running.') : undefined,
    );

    const { code, stdout, stderr } = await ask('feeds', 'import', inFolder('all'));
    const json = await askJson('feeds', 'import', inFolder('all'));

    expect(code).toBe(1);
    expect(stdout.match(/^\S+/gm)).toEqual(['epss', 'debian-osv']);
    expect(stderr).toContain('An import of kev is running; wait until the running import of this feed is done\n');
    expect(json).toMatchObject({
      code: 1,
      answer: {
        items: [
          {
            from: inFolder('all/deep/kev.json.gz'),
            feed: 'kev',
            error: { code: 'feed-busy', message: 'An import of kev is running' },
          },
          { from: inFolder('all/deep/er/epss.csv'), ...imported({ feed: 'epss' }) },
          { from: inFolder('all/dsa.jsonl'), ...imported() },
        ],
      },
    });
  });

  it.each([
    ['beside a newer one is superfluous', ['old.json', 'kev-as-it-came'], 0],
    ['alone is what the person wanted', ['old.json'], 1],
    ['beside another feed is what the person wanted', ['old.json', 'all/dsa.jsonl'], 1],
  ])('an outdated file %s', async (_, names, expected) => {
    taking(({ body, params }) =>
      params['feed'] === 'kev' && calls().length === 1 && body !== undefined
        ? new FakeRefusal('feed-outdated', 'What is loaded is newer.')
        : undefined,
    );

    const { code, stderr } = await ask('feeds', 'import', ...names.map(inFolder));

    expect([code, stderr]).toEqual([expected, expect.stringContaining('What is loaded is newer')]);
  });

  it.each([
    [
      'a folder without feeds',
      ['none'],
      "no feed is in /none; give advisories in OSV form, Alpine's secdb, the JSON of Debian's tracker",
    ],
    ['a file that is none', ['all/dsa.jsonl', 'odd'], 'no feed is in /odd; give advisories'],
    ['a missing file', ['missing'], 'cannot read /missing: there is no such file; check the path'],
    [
      'an endless file',
      ['large.json', '--feed', 'kev'],
      '/large.json is larger than 512 MiB, the most that a server takes',
    ],
  ])('%s is told before anything is sent', async (_, names, expected) => {
    taking();

    const { code, stdout, stderr } = await ask(
      'feeds',
      'import',
      ...names.map((name) => (/^(--|kev$)/.test(name) ? name : inFolder(name))),
    );

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.replaceAll(folder, '')).toContain(`patchsteward: ${expected}`);
    expect(calls()).toEqual([]);
  });

  it('of an unknown feed is refused by the server', async () => {
    taking(() => new FakeRefusal('not-found', 'There is no feed nvd.'));

    expect(await ask('feeds', 'import', '--feed', 'nvd', inFolder('odd'))).toMatchObject({ code: 1, stdout: '' });
  });
});

const LISTED = {
  'feed.list': () => ({
    items: [
      ...['debian-osv', 'kev', 'epss'].map((id) => feed({ feed: id })),
      feed({ feed: 'npm-osv', enabled: false, state: 'off' }),
    ],
    countingSince: null,
  }),
};

describe('feeds fetch', () => {
  const fetching = () =>
    answering({ ...LISTED, 'feed.fetch': ({ params }) => imported({ feed: String(params['feed']) }) });

  it.each([
    [['fetch'], ['debian-osv', 'kev', 'epss']],
    [['import'], ['debian-osv', 'kev', 'epss']],
    [
      ['fetch', 'epss', 'npm-osv'],
      ['epss', 'npm-osv'],
    ],
  ])('%j', async (argv, expected) => {
    fetching();

    const { code, stdout } = await ask('feeds', ...argv);

    expect(code).toBe(0);
    const fetches = calls().filter(({ id }) => id === 'feed.fetch');
    expect(fetches.map(({ params }) => params['feed'])).toEqual(expected);
    expect(stdout).toContain('            from its address\n');
  });

  it('tells which could not be reached, after the others', async () => {
    answering({
      ...LISTED,
      'feed.fetch': ({ params }) => {
        if (params['feed'] !== 'kev') return imported({ feed: String(params['feed']) });
        throw new FakeRefusal('feed-unreachable', 'https://www.cisa.gov/ does not answer.');
      },
    });

    const { code, stdout, stderr } = await ask('feeds', 'fetch');

    expect([code, stderr]).toEqual([
      1,
      'patchsteward: kev, from its address: https://www.cisa.gov/ does not answer; check the network or import the feed from a file\n',
    ]);
    expect(stdout.match(/^\S+/gm)).toEqual(['debian-osv', 'epss']);
  });

  it('of an unknown feed is wrong usage', async () => {
    answering(LISTED);

    expect(await ask('feeds', 'fetch', 'nvd')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'patchsteward: there is no feed nvd; name one of debian-osv, kev, epss, npm-osv\n',
    });
  });
});

describe('feeds status', () => {
  it('shows age and health', async () => {
    answering({
      'feed.list': () => ({ items: [feed(), feed({ feed: 'npm-osv', state: 'off' })], countingSince: null }),
    });

    const { code, stdout } = await ask('feeds', 'status');

    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'FEED  STATE  RECORDS  SET ASIDE  DATA AS OF            IMPORTED     ADDRESS',
        'kev   fresh    1,423          0  2026-11-21 16:00 UTC  3 hours ago  https://www.cisa.gov/known_exploited_vulnerabilities.json',
        '',
      ],
    ]);
    expect(await askJson('feeds', 'status')).toEqual({
      code: 0,
      stderr: '',
      answer: { items: [feed()], countingSince: null },
    });
  });

  it('tells that lists over the fleet lag', async () => {
    answering({ 'feed.list': () => ({ items: [feed()], countingSince: at(-1) }) });

    expect((await ask('feeds', 'status')).stdout).toMatch(
      /^The lists over the fleet still count what changed since 2026-11-22 11:00 UTC\.$/m,
    );
  });

  it.each([
    [feed({ state: 'stale', dataAsOf: at(-100) }), /^kev +stale /m],
    [
      feed({ state: 'never-imported', importedAt: null, dataAsOf: null, records: 0, sha256: null }),
      /^kev +never imported +0 +0 +- +never /m,
    ],
    [
      feed({ state: 'failed', lastError: 'It did not answer.' }),
      /^kev: the last attempt failed: It did not answer\.$/m,
    ],
  ])('says what is not as it should be, and what to do', async (one, expected) => {
    answering({ 'feed.list': () => ({ items: [feed({ feed: 'epss' }), one], countingSince: null }) });

    const { code, stdout } = await ask('feeds', 'status');

    expect(code).toBe(3);
    expect(stdout).toMatch(expected);
    expect(stdout).toContain('Load what is missing or old with "patchsteward feeds fetch", or from files with');
  });
});

describe('feeds status of one', () => {
  const DETAIL = {
    ...feed({ state: 'failed', lastError: 'It did not answer.', quarantined: 1 }),
    scopes: ['debian:12', 'debian:13'],
    quarantine: [{ record: 'DSA-1\u001b[2J', problem: 'modified: missing' }],
    fingerprints: [],
  };

  it('shows what it speaks of, the next attempt, and what was set aside', async () => {
    answering({ 'feed.show': () => DETAIL });

    const { code, stdout } = await ask('feeds', 'status', 'kev');

    expect([code, stdout.split('\n').map((line) => line.trim())]).toEqual([
      3,
      [
        'kev CISA catalog of known exploited vulnerabilities',
        'state         failed',
        'address       https://www.cisa.gov/known_exploited_vulnerabilities.json',
        'records       1,423',
        'data as of    2026-11-21 16:00 UTC',
        'imported      3 hours ago',
        'next attempt  2026-11-22 13:00 UTC',
        'last error    It did not answer.',
        'speaks of     debian:12, debian:13',
        'set aside     1',
        'DSA-1\ufffd[2J: modified: missing',
        '',
      ],
    ]);
    expect(await askJson('feeds', 'status', 'kev')).toMatchObject({ code: 3, answer: DETAIL });
  });
});

it('feeds list has also those that are off', async () => {
  answering(LISTED);

  const { code, stdout } = await ask('feeds', 'list');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^FEED +STATE +FETCHED +FORM +TITLE +ADDRESS/);
  expect(stdout).toMatch(/^npm-osv +off +no /m);
  expect(await askJson('feeds', 'list')).toMatchObject({ code: 0, answer: { items: [{}, {}, {}, { state: 'off' }] } });
});

describe('feeds that an administrator changes', () => {
  const DETAIL = { ...feed({ feed: 'acme', own: true }), scopes: ['debian:12'], quarantine: [], fingerprints: [] };
  const changing = () =>
    answering({
      'feed.add': () => DETAIL,
      'feed.change': ({ params }) => ({ ...DETAIL, feed: String(params['feed']) }),
      'feed.show': () => DETAIL,
      'feed.remove': () => ({}),
    });

  it('are added with their form and address', async () => {
    changing();

    const { code, stdout } = await ask('feeds', 'add', 'acme', '--form', 'osv', '--url', 'https://acme.example.org/');

    expect([code, stdout]).toEqual([0, 'acme is fetched from now on. "patchsteward feeds fetch" does it now.\n']);
    expect(calls()[0]).toMatchObject({
      id: 'feed.add',
      body: { feed: 'acme', form: 'osv', url: 'https://acme.example.org/' },
    });
  });

  it.each([
    ['without an address', ['acme', '--form', 'osv']],
    ['in a form that replaces everything', ['acme', '--form', 'kev', '--url', 'https://acme.example.org/']],
  ])('are not added %s', async (_, argv) => {
    expect(await ask('feeds', 'add', ...argv)).toMatchObject({ code: 2, stdout: '' });
  });

  it('are enabled and disabled', async () => {
    changing();

    expect((await ask('feeds', 'enable', 'npm-osv', 'pypi-osv')).stdout).toBe(
      'npm-osv is fetched from now on.\npypi-osv is fetched from now on.\n',
    );
    expect(await askJson('feeds', 'disable', 'kev')).toMatchObject({ code: 0, answer: { items: [{ feed: 'kev' }] } });
    expect(calls().map(({ params, body }) => [params['feed'], body])).toEqual([
      ['npm-osv', { enabled: true }],
      ['pypi-osv', { enabled: true }],
      ['kev', { enabled: false }],
    ]);
  });

  it('are removed by whoever says yes, and by nobody else', async () => {
    changing();
    const silent = await ask('feeds', 'remove', 'acme');

    expect([silent.code, calls().map(({ id }) => id)]).toEqual([1, ['feed.show']]);
    expect(silent.stderr).toContain('acme has 1,423 records and speaks of debian:12. All that it claims ends.');

    changing();
    expect(await ask('feeds', 'remove', 'acme', '--yes')).toMatchObject({
      ...{ code: 0, stdout: 'What acme claimed has ended.\n' },
    });
    expect(calls().map(({ id }) => id)).toEqual(['feed.show', 'feed.show', 'feed.remove']);
  });
});

describe('an import by which nothing is judged', () => {
  const vain = { judgesNothing: true, records: 1, quarantinedTotal: 1 };

  it('is told and fails where it is a file', async () => {
    answering({ 'feed.import': () => imported(vain) });

    const told = await ask('feeds', 'import', inFolder('all/dsa.jsonl'));
    const asJson = await askJson('feeds', 'import', inFolder('all/dsa.jsonl'));

    expect(told.code).toBe(1);
    expect(told.stdout).toContain('nothing is judged by it: all that it says of packages and products was set aside');
    expect(asJson).toMatchObject({ code: 1, answer: { items: [vain] } });
  });

  it('is told where it is what a publisher serves', async () => {
    answering({ 'feed.fetch': () => imported(vain), 'feed.list': () => ({ items: [feed()], countingSince: null }) });

    const { code, stdout } = await ask('feeds', 'fetch', feed().feed);

    expect([code, stdout.includes('nothing is judged by it')]).toEqual([0, true]);
  });
});

describe('feeds export', () => {
  it.each([
    ['of no day', ['--at', 'yesterday']],
    ['of nothing', ['--vulnerability']],
  ])('%s is refused', async (_, argv) => {
    expect(await ask('feeds', 'export', ...argv)).toMatchObject({ code: 2, stdout: '' });
  });

  const RECORDS = ['DSA-1-1', 'x_acme_a/b', 'x_acme_a\\b'].map((id) => `${JSON.stringify({ id, affected: [] })}\n`);
  const exporting = (...lines: string[]) => answering({ 'feed.export': () => new Response(lines.join('')) });

  it('writes lines to whoever reads them, and into a new file', async () => {
    exporting(...RECORDS);

    expect(await ask('feeds', 'export')).toMatchObject({ code: 0, stdout: RECORDS.join('') });
    expect((await ask('feeds', 'export', '--file', inFolder('known.jsonl'))).stdout).toContain('a record in each line');
    expect(readFileSync(inFolder('known.jsonl'), 'utf8')).toBe(RECORDS.join(''));
  });

  it('writes a zip with a file for each record where the name says so', async () => {
    exporting(...RECORDS);

    const { code, stdout } = await ask('feeds', 'export', '--file', inFolder('known.ZIP'));

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('a zip with a file for each record') });
    const limits = { entriesMax: 10, entryBytesMax: 1_000, totalBytesMax: 10_000 };
    const members = [...zipMembers(readFileSync(inFolder('known.ZIP')), limits)];
    expect(members.map(({ name, read }) => [name, new TextDecoder().decode(read())])).toEqual([
      ['DSA-1-1.json', RECORDS[0]?.trimEnd()],
      ['x_acme_a_b.json', RECORDS[1]?.trimEnd()],
      ['x_acme_a_b_2.json', RECORDS[2]?.trimEnd()],
    ]);
  });

  it('replaces a file only where it is told to, and leaves it where the export fails', async () => {
    const file = inFolder('there.zip');
    writeFileSync(file, 'before');
    exporting(...RECORDS);
    const refused = await ask('feeds', 'export', '--file', file);
    const kept = readFileSync(file, 'utf8');
    exporting('{"affected": []}\n');
    const failed = await ask('feeds', 'export', '--file', file, '--force');
    const keptAgain = readFileSync(file, 'utf8');
    exporting(...RECORDS);
    const replaced = await ask('feeds', 'export', '--file', file, '--force');

    expect([refused.code, kept]).toEqual([1, 'before']);
    expect(refused.stderr).toContain('there.zip: it is there already; name another file, or remove that one');
    expect([failed.code, keptAgain]).toEqual([1, 'before']);
    expect(failed.stderr).toContain('a record without an id');
    expect([replaced.code, readFileSync(file).subarray(0, 2).toString()]).toEqual([0, 'PK']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses --force without a file', async () => {
    expect(await ask('feeds', 'export', '--force')).toMatchObject({ code: 2, stdout: '' });
  });
});
