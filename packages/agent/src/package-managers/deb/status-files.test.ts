import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost, statusOf } from '../../host/testing/fake-host.ts';
import { hasStatus, readStatus } from './status-files.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});

afterEach(() => host.remove());

async function versions(): Promise<string[]> {
  return (await readStatus(host)).map(({ name, version }) => `${name} ${version}`);
}

test('a host without a journal', async () => {
  expect(await hasStatus(host)).toBe(true);
  expect(await versions()).toEqual(['dpkg 1.21.22']);
});

test('the records of the journal follow in the order of their numbers; drafts are no records', async () => {
  await host.write('/var/lib/dpkg/updates/0002', statusOf('dpkg', '3'));
  await host.write('/var/lib/dpkg/updates/0010', statusOf('dpkg', '4'));
  await host.write('/var/lib/dpkg/updates/0001', statusOf('dpkg', '2'));
  await host.write('/var/lib/dpkg/updates/tmp.i', '#padding\n');

  expect(await versions()).toEqual(['dpkg 4']);
});

test('another system has no status database', async () => {
  expect(await hasStatus({ root: '/no/such/root', procfs: '/proc' })).toBe(false);
});
