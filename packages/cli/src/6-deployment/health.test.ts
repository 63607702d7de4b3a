import type { HealthProfileBody } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { asset, whole } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';
import { FakeRefusal } from '../platform/testing/fake-server.ts';

const { answering, ask, askJson, calls } = asking();

const NO_CHECKS = { units: [], ports: [], urls: [], files: [] };
const NOTHING: HealthProfileBody = {
  ...NO_CHECKS,
  ...{ errorLinesMax: null, wanted: NO_CHECKS, watchMs: 60_000, version: 0 },
};
const REDIS: HealthProfileBody = { ...NOTHING, units: ['redis-server.service'], ports: [6379], version: 2 };

function having(profile: HealthProfileBody): void {
  answering({
    'asset.list': () => whole([asset({ name: 'web-1' })]),
    'health-profile.show': () => profile,
    'health-profile.set': ({ body }) => body as HealthProfileBody,
  });
}

const sent = () => calls().find(({ id }) => id === 'health-profile.set')?.body;

describe('health show', () => {
  it('says what is looked at', async () => {
    having(REDIS);

    const { code, stdout } = await ask('health', 'show', 'web-1');

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'web-1',
      '  units    redis-server.service',
      '  ports    6379',
      '  urls     -',
      '  watched  1m after a change',
      '',
    ]);
  });

  it('says what is told without failing anything, and how many errors are too many', async () => {
    having({
      ...REDIS,
      ...{ files: ['/etc/redis/redis.conf'], errorLinesMax: 3 },
      wanted: { ...NO_CHECKS, units: ['backup.timer'] },
    });

    const { stdout } = await ask('health', 'show', 'web-1');

    expect(stdout).toContain('  files    /etc/redis/redis.conf\n');
    expect(stdout).toContain('  errors   at most 3 in the journal while it is watched\n');
    expect(stdout).toContain('  wanted, told where it is missing:\n    units    backup.timer\n');
  });

  it('says what it means that nothing is', async () => {
    having(NOTHING);

    expect((await ask('health', 'show', 'web-1')).stdout).toContain('Nothing is looked at');
    expect((await askJson('health', 'show', 'web-1')).answer).toEqual(NOTHING);
  });
});

describe('health set', () => {
  it.each<[string[], Partial<HealthProfileBody>]>([
    [['--unit', 'a.service', '--unit', 'b.socket'], { units: ['a.service', 'b.socket'], ports: [6379] }],
    [['--no-unit', '--port', '80', '--port', '443'], { units: [], ports: [80, 443] }],
    [['--no-port', '--url', 'http://127.0.0.1:8080/'], { ports: [], urls: ['http://127.0.0.1:8080/'] }],
    [['--file', '/srv/a', '--error-lines', '5'], { files: ['/srv/a'], errorLinesMax: 5 }],
    [['--no-file', '--no-error-lines'], { files: [], errorLinesMax: null }],
    [['--wanted', '--unit', 'backup.timer'], { wanted: { ...NO_CHECKS, units: ['backup.timer'] } }],
    [['--no-url', '--watch', '5m'], { units: ['redis-server.service'], urls: [], watchMs: 300_000 }],
  ])('%j changes that and leaves the rest', async (argv, wanted) => {
    having(REDIS);

    expect((await ask('health', 'set', 'web-1', ...argv)).code).toBe(0);
    expect(sent()).toEqual({ ...REDIS, ...wanted });
  });

  it.each([
    [[], 'nothing to change is named'],
    [['--port', '0'], 'It must be a port'],
    [['--port', 'http'], 'It must be a port'],
    [['--watch', 'long'], 'It must be a time'],
    [['--error-lines', 'many'], 'It must be a number'],
    [['--wanted', '--error-lines', '5'], 'never just wanted'],
  ])('refuses %j before it asks the server', async (argv, why) => {
    having(REDIS);

    const { code, stderr } = await ask('health', 'set', 'web-1', ...argv);

    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(sent()).toBeUndefined();
  });

  it('overwrites nobody', async () => {
    having(REDIS);
    answering({
      'asset.list': () => whole([asset({ name: 'web-1' })]),
      'health-profile.show': () => REDIS,
      'health-profile.set': () => {
        throw new FakeRefusal('conflict', 'The health profile is not at version 2 any more.');
      },
    });

    const { code, stderr } = await ask('health', 'set', 'web-1', '--watch', '30s');

    expect(code).toBe(1);
    expect(stderr).toContain('somebody else changed this health profile');
  });
});
