import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal } from './journal.ts';

interface Entry {
  readonly at: number;
  readonly text: string;
}

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchsteward-journal-'));
  path = join(folder, 'job.jsonl');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function journalOf(...entries: readonly Entry[]): Promise<Journal<Entry>> {
  const journal = new Journal<Entry>(path);
  for (const entry of entries) await journal.append(entry);
  return journal;
}

const FIRST = { at: 1, text: 'begun\nwith a line break' };
const SECOND = { at: 2, text: 'äöü 😀' };

test('a journal that was never written is empty', async () => {
  expect(await new Journal<Entry>(path).read()).toEqual([]);
});

test('what was appended is read again, by another process as well', async () => {
  await journalOf(FIRST, SECOND);

  expect(await new Journal<Entry>(path).read()).toEqual([FIRST, SECOND]);
});

test('wherever the last record is torn, the ones before it stay, and the next follows them', async () => {
  await journalOf(FIRST, SECOND);
  const whole = await readFile(path);
  const firstBytes = whole.indexOf('\n') + 1;

  for (let bytes = firstBytes; bytes < whole.length; bytes += 1) {
    await writeFile(path, whole.subarray(0, bytes));
    const journal = new Journal<Entry>(path);

    expect(await journal.read()).toEqual([FIRST]);
    await journal.append(SECOND);
    expect(await journal.read()).toEqual([FIRST, SECOND]);
  }
});

test('a line that a full disk cut short does not damage what follows', async () => {
  const journal = await journalOf(FIRST);
  await appendFile(path, 'deadbeef {"at":2,"te');

  await journal.append(SECOND);

  expect(await new Journal<Entry>(path).read()).toEqual([FIRST, SECOND]);
});

test('a last record whose blocks never reached the disk is not believed', async () => {
  await journalOf(FIRST, SECOND);
  const { length } = await readFile(path);
  await truncate(path, length - 10);
  await appendFile(path, Buffer.alloc(10));

  expect(await new Journal<Entry>(path).read()).toEqual([FIRST]);
});

test('one changed bit before the last record is found', async () => {
  await journalOf(FIRST, SECOND);
  const whole = await readFile(path);
  const firstBytes = whole.indexOf('\n');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: firstBytes - 1 }), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const bent = Buffer.from(whole);
      bent[at] = (bent[at] ?? 0) ^ (1 << bit);
      await writeFile(path, bent);

      await expect(new Journal<Entry>(path).read()).rejects.toMatchObject({ code: 'journal-damaged' });
    }),
    { numRuns: 60 },
  );
});
