import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makerOfDraft, makeWhole } from './cache.ts';

describe.skipIf(process.platform !== 'linux')('a folder in the cache', () => {
  let cache = '';
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'patchsteward-cache-'));
  });
  afterEach(() => rm(cache, { recursive: true }));

  const fill = (text: string) => (draft: string) => writeFile(join(draft, 'file'), text);

  it('is there whole', async () => {
    await makeWhole(join(cache, 'base'), fill('whole'));

    expect(await readFile(join(cache, 'base', 'file'), 'utf8')).toBe('whole');
    expect(await readdir(cache)).toEqual(['base']);
  });

  it('is not there when filling it failed', async () => {
    const failing = makeWhole(join(cache, 'base'), () => Promise.reject(new Error('no disk')));

    await expect(failing).rejects.toThrow('no disk');
    expect(await readdir(cache)).not.toContain('base');
  });

  it('stays as it is when another process was first', async () => {
    await makeWhole(join(cache, 'base'), fill('first'));
    await makeWhole(join(cache, 'base'), fill('second'));

    expect(await readFile(join(cache, 'base', 'file'), 'utf8')).toBe('first');
    expect(await readdir(cache)).toEqual(['base']);
  });

  it('frees what a process that was killed left, and nothing of one that lives', async () => {
    const living = 'other.draft.1.';
    const start = (await readFile('/proc/1/stat', 'utf8')).replace(/.*\) /s, '').split(' ')[19];
    await mkdir(join(cache, `${living}${start}`));
    await mkdir(join(cache, 'base.draft.1.999999999999'));
    await mkdir(join(cache, 'base.draft.of-a-person'));

    await makeWhole(join(cache, 'base'), fill('whole'));

    expect(await readdir(cache)).toEqual(['base', 'base.draft.of-a-person', `${living}${start}`]);
  });
});

it.each([
  ['base.draft.12.345', { pid: 12, startedTicks: '345' }],
  ['base', null],
  ['base.draft.x.1', null],
])('%s is a draft of a process, or none', (name, maker) => {
  expect(makerOfDraft(name)).toEqual(maker);
});
