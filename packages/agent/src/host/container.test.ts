import { afterEach, beforeEach, expect, test } from 'vitest';
import { isContainer } from './container.ts';
import { type FakeHost, makeFakeHost } from './testing/fake-host.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
});

afterEach(() => host.remove());

test('a machine with its own kernel', async () => {
  expect(await isContainer(host)).toBe(false);
});

const MARKS = ['/run/systemd/container', '/run/host/container-manager', '/.dockerenv', '/run/.containerenv'];

test.each(MARKS)('%s marks a container, in a namespace of its own', async (mark) => {
  await host.enterNamespace('other');
  await host.write(mark, '');

  expect(await isContainer(host)).toBe(true);
});

test('the mark of an image is no container where the first namespaces are: a virtual machine made from it', async () => {
  await host.write('/.dockerenv', '');

  expect(await isContainer(host)).toBe(false);
});

test.each([
  ['container=lxc', true],
  ['container=systemd-nspawn', true],
  ['container=', false],
  ['nocontainer=lxc', false],
])('the first process was started with %s: %s', async (variable, expected) => {
  await host.writeProc('1/environ', `PATH=/bin\0${variable}\0HOME=/\0`);

  expect(await isContainer(host)).toBe(expected);
});

test('Windows brings the kernel', async () => {
  await host.writeProc('sys/kernel/osrelease', '5.15.153.1-microsoft-standard-WSL2\n');

  expect(await isContainer(host)).toBe(true);
});
