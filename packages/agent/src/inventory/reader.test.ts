import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { SECTIONS } from '@patchsteward/contract';
import { SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost, statusOf } from '../host/testing/fake-host.ts';
import type { Workplace } from '../package-managers/contract.ts';
import { loadMemory, saveMemory } from './memory-file.ts';
import { addressed, readInventoryAfter } from './reader.ts';

let host: FakeHost;
let place: Workplace;

beforeEach(async () => {
  host = await makeFakeHost();
  place = { scratchDirectory: join(host.root, '../scratch') };
});

afterEach(() => host.remove());

test('each section keeps the contract, and its hash is that of its canonical JSON', async () => {
  const { memory, fresh } = await readInventoryAfter(null, host, place);

  const { sections, bootId } = addressed(memory);

  expect(fresh).toBe(true);
  expect(bootId).toBe(memory.system.bootId);
  for (const name of SECTION_NAMES) {
    const { hash, body } = sections[name];
    const value: unknown = JSON.parse(body);
    expect(hash).toBe(sha256(body));
    expect(canonicalJson(value)).toBe(body);
    expect(SECTIONS[name].parse(value)).toEqual(value);
  }
});

test('an unchanged host is not asked again', async () => {
  const first = await readInventoryAfter(null, host, place);

  const second = await readInventoryAfter(first.memory, host, place);

  expect(second.fresh).toBe(false);
  expect(second.memory.packages).toBe(first.memory.packages);
  expect(addressed(second.memory)).toEqual(addressed(first.memory));
});

test('a changed host is asked again', async () => {
  const first = await readInventoryAfter(null, host, place);
  await host.write('/var/lib/dpkg/status', statusOf('dpkg', '1.21.23'));

  const second = await readInventoryAfter(first.memory, host, place);

  expect(second.fresh).toBe(true);
  expect(second.memory.packages.packages.packages).toMatchObject([{ name: 'dpkg', version: '1.21.23' }]);
});

test('another state of the system needs no answer of the package manager', async () => {
  const first = await readInventoryAfter(null, host, place);
  await host.write('/run/reboot-required', '');

  const second = await readInventoryAfter(first.memory, host, place);

  expect(second.fresh).toBe(false);
  expect(addressed(second.memory).sections.packages).toEqual(addressed(first.memory).sections.packages);
  expect(addressed(second.memory).sections.system).not.toEqual(addressed(first.memory).sections.system);
});

test('while the package manager works, nothing is told', async () => {
  await mkdir(join(host.root, '/var/lib/dpkg/updates'), { recursive: true });
  let done = false;
  const work = async (): Promise<void> => {
    for (let version = 1; !done; version += 1) {
      // Whole at once, as dpkg does: half a file is another fault.
      await host.write('/var/lib/dpkg/draft', statusOf('dpkg', String(version)));
      await rename(join(host.root, '/var/lib/dpkg/draft'), join(host.root, '/var/lib/dpkg/updates/0001'));
      await setTimeout(1);
    }
  };
  const working = work();

  const reading = readInventoryAfter(null, host, place).finally(() => {
    done = true;
  });

  await expect(reading).rejects.toMatchObject({ code: 'host-changing' });
  await working;
});

test('without a package manager there is nothing to tell', async () => {
  const empty = { root: join(host.root, 'none'), procfs: host.procfs };

  await expect(readInventoryAfter(null, empty, place)).rejects.toMatchObject({ code: 'no-package-manager' });
});

describe('kept on disk', () => {
  let path = '';

  beforeEach(() => {
    path = join(host.root, 'inventory.json');
  });

  test('the next start remembers', async () => {
    const { memory } = await readInventoryAfter(null, host, place);
    await saveMemory(path, memory);

    const kept = await loadMemory(path);

    expect(kept).toEqual(memory);
    expect(await readInventoryAfter(kept, host, place)).toMatchObject({ fresh: false });
  });

  test.each([
    ['nothing was kept', null],
    ['the file is empty', ''],
    ['the file is no JSON', 'x'],
    ['the file is another’s', '[]'],
    [
      'the payload does not fit its checksum',
      JSON.stringify({ agentVersion: '0.1.0', checksum: 'sha256:00', payload: '{}' }),
    ],
    ['another version wrote it', JSON.stringify({ agentVersion: '0.0.1', checksum: sha256('{}'), payload: '{}' })],
  ])('%s: all is read anew', async (_, content) => {
    if (content !== null) await host.write('/inventory.json', content);

    expect(await loadMemory(path)).toBeNull();
  });
});
