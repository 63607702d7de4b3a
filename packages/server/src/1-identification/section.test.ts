import type { SectionName } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../platform/http/refusal.ts';
import { readSection } from './section.ts';
import { address, installed, inventory, offered, offers } from './testing/inventories.ts';

const { packages, updates, origins, system } = inventory();

function refusalOf(name: SectionName, bytes: Uint8Array, hash: string = sha256(bytes)): Refusal {
  try {
    readSection(name, hash, bytes);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('the section was taken');
}

test.each([
  ['packages', packages],
  ['updates', updates],
  ['origins', origins],
  ['system', system],
  ['packages of a release without a version', { ...packages, release: { ...packages.release, versionId: null } }],
  ['packages of rpm', { ...packages, ecosystem: 'rpm', packages: [{ ...installed(), module: 'nodejs:18' }] }],
  ['updates of rpm', { ...offers([offered({ to: '1^git1-1', module: 'nodejs:18' })]), ecosystem: 'rpm' }],
  ['no packages at all', { ...packages, packages: [] }],
])('%s are taken as they are', (name, section) => {
  const { hash, bytes } = address(section);
  const [sectionName] = name.split(' ');

  expect(readSection(sectionName === 'no' ? 'packages' : (sectionName as SectionName), hash, bytes)).toEqual(section);
});

describe('what does not have its hash is refused', () => {
  test.each([
    ['another hash', address(packages).bytes, address(updates).hash],
    [
      'one byte changed',
      Buffer.from(address(packages).bytes.toString().replace('curl', 'curm')),
      address(packages).hash,
    ],
    ['nothing', Buffer.alloc(0), address(packages).hash],
  ])('%s', (_, bytes, hash) => {
    expect(refusalOf('packages', bytes, hash).code).toBe('section-hash-mismatch');
  });
});

describe('what has its hash but is written another way is refused: one inventory, one address', () => {
  const text = address(system).bytes.toString();
  test.each([
    ['a space', text.replace('":', '": ')],
    ['a newline at the end', `${text}\n`],
    ['another order', JSON.stringify({ ...system })],
    ['an escape that need not be', text.replace('amd64', String.raw`\u0061md64`)],
    ['a number with an exponent', text.replace(/"bootedAt":\d+/, '"bootedAt":1.7e12')],
    ['a name twice', text.replace('{', '{"agentVersion":"0.0.9",')],
    ['a zero below zero', text.replace(/"bootedAt":\d+/, '"bootedAt":-0')],
    ['numbers as names in the order of numbers', text.replace('{', '{"2":1,"10":1,')],
    ['a part in another order', text.replace('{', '{"0":[{"b":1,"a":1}],')],
  ])('%s', (_, spelled) => {
    expect(spelled).not.toBe(text);
    expect(refusalOf('system', Buffer.from(spelled)).code).toBe('section-hash-mismatch');
  });
});

describe('what is no text of JSON is refused before anything is built of it', () => {
  const nested = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
  test.each([
    ['half of it', '{"updates":[', 'body-not-json'],
    ['2,000 levels', nested, 'body-too-deep'],
    ['no UTF-8', Buffer.of(0x22, 0xff, 0x22), 'body-not-json'],
  ])('%s', (_, bytes, code) => {
    expect(refusalOf('updates', Buffer.from(bytes)).code).toBe(code);
  });
});

describe('what breaks the contract is refused, with the place', () => {
  test.each([
    ['an unknown field', 'packages', { ...packages, note: 'x' }, 'packages'],
    ['an unknown field of a package', 'packages', withPackage({ note: 'x' }), 'packages.packages.0'],
    ['a missing field', 'updates', {}, 'updates.updates'],
    ['another section under this name', 'updates', origins, 'updates.updates'],
    ['numbers as names', 'system', { ...system, 2: 1, 10: 1 }, 'system'],
    ['another type', 'packages', withPackage({ hold: 'yes' }), 'packages.packages.0.hold'],
    ['an unknown ecosystem', 'packages', { ...packages, ecosystem: 'exe' }, 'packages.ecosystem'],
    ['a name with a space', 'packages', withPackage({ name: 'a b' }), 'packages.packages.0.name'],
    ['a name of 2,000 letters', 'packages', withPackage({ name: 'a'.repeat(2_000) }), 'packages.packages.0.name'],
    ['U+0000', 'system', { ...system, hostname: 'a\0b' }, 'system.hostname'],
    ['a date outside of the calendar', 'system', { ...system, bootedAt: Number.MAX_SAFE_INTEGER }, 'system.bootedAt'],
  ] as const)('%s', (_, name, value, path) => {
    const refusal = refusalOf(name, address(value).bytes);

    expect(refusal.code).toBe('section-invalid');
    expect(refusal.details.map((detail) => detail.path)).toContain(path);
  });

  test('half a surrogate pair', () => {
    const bytes = Buffer.from(address(system).bytes.toString().replace('host-1', String.raw`\ud800`));

    expect(refusalOf('system', bytes).code).toBe('section-invalid');
  });
});

describe('a version that no package manager installs is refused, and named', () => {
  test.each([
    ['packages', withPackage({ version: '1.0-' }), /curl.*"1\.0-"/],
    ['packages', withPackage({ sourceVersion: 'one two' }), /source curl.*"one two"/],
    ['updates', offers([offered({ to: '1:' })]), /offered package curl.*"1:"/],
    ['updates', offers([offered({ from: 'a b' })]), /installed package curl/],
    ['updates', offers([offered({ sourceVersion: '-' })]), /source curl/],
    ['updates', { ...offers([offered({ to: '1:8' })]), ecosystem: 'apk' }, /offered package curl.*"1:8"/],
  ] as const)('in %s', (name, value, message) => {
    const refusal = refusalOf(name, address(value).bytes);

    expect(refusal.code).toBe('version-impossible');
    expect(refusal.message).toMatch(message);
  });
});

function withPackage(more: object): unknown {
  return { ...packages, packages: [{ ...installed(), ...more }] };
}
