import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings, type SettingSources } from './settings.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'settings-'));
});
afterAll(() => rm(directory, { recursive: true }));

function read(sources: Partial<SettingSources>) {
  return readSettings({
    flags: {},
    environment: {},
    isRoot: false,
    home: directory,
    workingDirectory: directory,
    ...sources,
  });
}

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

describe('settings', () => {
  it('have defaults for a person and for root', async () => {
    expect(await read({})).toEqual({
      data: join(directory, '.local/share/patchsteward'),
      console: { host: '127.0.0.1', port: 8420 },
      agents: { host: '0.0.0.0', port: 8421 },
      pollMs: 60_000,
      names: [],
      trustedProxies: [],
      feedsFetch: true,
      feedUrls: {},
      logLevel: 'info',
    });
    expect((await read({ isRoot: true })).data).toBe('/var/lib/patchsteward');
  });

  it('take the flag over the environment over the file', async () => {
    const config = await file('order.json', '{"logLevel":"error","names":["from-file"],"console":"127.0.0.1:1"}');
    const environment = { PATCHSTEWARD_LOG_LEVEL: 'warn', PATCHSTEWARD_CONSOLE: ':2', PATCHSTEWARD_CONFIG: config };

    const settings = await read({ flags: { logLevel: 'debug' }, environment });

    expect(settings).toMatchObject({ logLevel: 'debug', console: { host: '0.0.0.0', port: 2 }, names: ['from-file'] });
  });

  it('are read from the data directory where no file is named', async () => {
    await file('patchsteward.json', '{"consoleUrl":"https://patch.example.org"}');

    expect((await read({ flags: { data: directory } })).consoleUrl).toBe('https://patch.example.org');
  });

  it('see a path of the command line from where the person stands, and a list in commas', async () => {
    const settings = await read({
      flags: { data: 'here' },
      environment: { PATCHSTEWARD_NAMES: 'a.example, b.example' },
    });

    expect(settings).toMatchObject({ data: join(directory, 'here'), names: ['a.example', 'b.example'] });
  });

  it('treat an empty variable as unset', async () => {
    expect((await read({ environment: { PATCHSTEWARD_LOG_LEVEL: '' } })).logLevel).toBe('info');
  });
});

describe('settings are refused by name and place', () => {
  it.each([
    [{ flags: { console: 'here' } }, /console \(from --console\).*address:port/],
    [{ flags: { console: '127.0.0.1:70000' } }, /address:port/],
    [
      { environment: { PATCHSTEWARD_DATABASE_URL: 'mysql://x' } },
      /databaseUrl \(from PATCHSTEWARD_DATABASE_URL\).*postgres:/,
    ],
    [{ environment: { PATCHSTEWARD_LOG_LEVEL: 'loud' } }, /logLevel \(from PATCHSTEWARD_LOG_LEVEL\)/],
    [{ environment: { PATCHSTEWARD_POLL_MS: 'often' } }, /pollMs \(from PATCHSTEWARD_POLL_MS\)/],
    [{ flags: { agentsAddress: 'somewhere' } }, /agentsAddress \(from --agents-address\).*host:port/],
    [{ flags: { config: 'missing.json' } }, /missing\.json cannot be read/],
  ])('%j', async (sources, expected) => {
    await expect(read(sources)).rejects.toMatchObject({
      code: 'setting-wrong',
      message: expect.stringMatching(expected),
    });
  });

  it.each([
    ['{"port":1}', /port \(from .*\) is wrong: there is no such setting; there are data, console/],
    ['{"names":[1]}', /names \(from names in .*wrong\.json\)/],
    ['[]', /no JSON object/],
    ['{', /cannot be read/],
  ])('a file with %s', async (content, expected) => {
    const config = await file('wrong.json', content);

    await expect(read({ flags: { config } })).rejects.toMatchObject({
      code: 'setting-wrong',
      message: expect.stringMatching(expected),
    });
  });
});
