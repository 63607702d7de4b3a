import { describe, expect, it } from 'vitest';
import { asset, at, counted, finding, idOf, reason, update, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

const offered = {
  source: 'curl',
  sourceVersion: '7.88.1-11',
  scope: 'debian:12',
  packages: ['curl', 'libcurl4'],
  kind: 'security' as const,
  fixes: ['CVE-2026-0001', 'CVE-2026-0002'],
  assets: 1_200,
  lane: 'critical' as const,
  due: '2026-11-22T20:00:00.000Z',
  late: false,
};

describe('update list over the fleet', () => {
  it('shows what ends most first, as the server orders it', async () => {
    answering({ 'update.list': () => counted([offered, { ...offered, source: 'vim', kind: 'bugfix', fixes: [] }]) });

    const { code, stdout } = await ask('update', 'list', '--search', 'c');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'KIND      SOURCE  VERSION    RELEASE    FIXES  ASSETS  PACKAGES',
      'security  curl    7.88.1-11  debian:12      2   1,200  curl, libcurl4',
      'bugfix    vim     7.88.1-11  debian:12      0   1,200  curl, libcurl4',
      '',
    ]);
    expect(calls()).toMatchObject([{ query: { search: 'c', limit: 100 } }]);
  });

  it('prints what the API says', async () => {
    answering({ 'update.list': () => counted([offered]) });

    expect(await askJson('update', 'list')).toEqual({ code: 0, stderr: '', answer: counted([offered]) });
  });

  it.each([
    [[], /^No updates: no asset that has reported is offered any; "patchsteward asset list" shows/],
    [['--search', 'x'], /^No update has these words\.\n$/],
  ])('says why there are none: %j', async (argv, expected) => {
    answering({ 'update.list': () => counted([]) });

    expect(await ask('update', 'list', ...argv)).toMatchObject({ code: 0, stdout: expect.stringMatching(expected) });
  });
});

it('update list says that it lags', async () => {
  answering({ 'update.list': () => ({ ...counted([]), countingSince: at(-1) }) });

  expect((await ask('update', 'list')).stdout).toMatch(/^No updates: .*\nNot complete: what changed since /);
});

describe('update list of an asset', () => {
  const list = (...argv: readonly string[]) => ask('update', 'list', '--asset', idOf(1), ...argv);

  it('shows by when, from what and to what, and what holds it back', async () => {
    const { assessment } = finding({ assessment: { due: at(-72), late: true, lane: 'routine' } });
    const items = [
      update({ assessment, hold: true }),
      update({ name: 'vim', fixes: [], kind: 'feature', phased: true }),
      update({ name: 'zlib1g', assessment: null }),
      update({ name: 'kept', assessment: null, hold: true, pin: 'Pin: version 7' }),
    ];
    answering({ 'asset.show': () => asset(), 'asset.updates': () => ({ ...whole(items), reasons: [] }) });

    const { code, stdout } = await list();

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'DUE          UNTIL                 LANE      KIND      PACKAGE       FROM       TO         FIXES  STATE',
      '3 days late  2026-11-19 12:00 UTC  routine   security  curl:amd64    7.88.1-10  7.88.1-11      2  held',
      'in 8 hours   2026-11-22 20:00 UTC  critical  feature   vim:amd64     7.88.1-10  7.88.1-11      0  phased',
      '-            -                     -         security  zlib1g:amd64  7.88.1-10  7.88.1-11      2',
      '-            -                     -         security  kept:amd64    7.88.1-10  7.88.1-11      2  pinned',
      '',
    ]);
  });

  const SILENT = reason('updates-not-known', 'The package manager of web-1 gave no answer about updates.');

  it.each([
    [[update()], 'zlib', /7\.88\.1-11/],
    [[], undefined, /^No updates are known\.\n/],
  ])('says loudly that there may be more than %j', async (items, search, expected) => {
    answering({ 'asset.show': () => asset(), 'asset.updates': () => ({ ...whole(items), reasons: [SILENT] }) });

    const { code, stdout } = await list(...(search === undefined ? [] : ['--search', search]));
    const json = await askJson('update', 'list', '--asset', idOf(1));

    expect(code).toBe(1);
    expect(stdout).toMatch(expected);
    expect(stdout).toContain('The package manager of web-1 gave no answer about updates.\n');
    expect(json).toMatchObject({ code: 1, answer: { reasons: [SILENT] } });
  });

  it.each([
    [[], 'No updates: its origins offer nothing newer.\n'],
    [['--search', 'x'], 'No update has these words.\n'],
  ])('says where there are none: %j', async (argv, expected) => {
    answering({ 'asset.show': () => asset(), 'asset.updates': () => ({ ...whole([]), reasons: [] }) });

    expect(await list(...argv)).toEqual({ code: 0, stdout: expected, stderr: '' });
  });
});
