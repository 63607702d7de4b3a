import { expect, test } from 'vitest';
import { parseOffers } from './offers.ts';
import { installedRpm } from './testing/samples.ts';

const REPOSITORIES = [
  { id: 'baseos', name: null, origin: 'repo.example baseos', updatedAt: null },
  { id: 'extra', name: null, origin: 'repo.example extra', updatedAt: null },
];
const CHECKSUM = `(2, b'${'\\x01'.repeat(32)}')`;

function line(cells: Readonly<Record<string, string>> = {}): string {
  const plain = {
    name: 'bash',
    epoch: '0',
    version: '5.1.8',
    release: '9.el9',
    architecture: 'x86_64',
    repository: 'baseos',
    source: 'bash-5.1.8-9.el9.src.rpm',
    size: '1700000',
    checksum: CHECKSUM,
  };
  return `${Object.values({ ...plain, ...cells }).join('\t')}\n`;
}

test('an offer as the repository’s metadata has it', () => {
  expect(parseOffers(line(), [installedRpm('bash', '5.1.8-6.el9')], REPOSITORIES)).toEqual([
    {
      name: 'bash',
      architecture: 'x86_64',
      from: '5.1.8-6.el9',
      to: '5.1.8-9.el9',
      source: 'bash',
      sourceVersion: '5.1.8-9.el9',
      origins: ['repo.example baseos'],
      sha256: '01'.repeat(32),
      sizeBytes: 1_700_000,
      phased: false,
    },
  ]);
});

test('of several installed kernels the newest is what an offer replaces', () => {
  const kernels = ['5.14.0-9.el9', '5.14.0-10.el9'].map((version) => installedRpm('kernel-core', version));
  const offer = (release: string) => line({ name: 'kernel-core', version: '5.14.0', release });

  expect(parseOffers(offer('11.el9'), kernels, REPOSITORIES)).toMatchObject([{ from: '5.14.0-10.el9' }]);
  expect(parseOffers(offer('10.el9'), kernels, REPOSITORIES)).toEqual([]);
});

test('two repositories with one version: both are named, and no hash is claimed', () => {
  const both = parseOffers(line({ repository: 'extra' }) + line(), [installedRpm('bash', '5.1.8-6.el9')], REPOSITORIES);

  expect(both).toMatchObject([
    { origins: ['repo.example baseos', 'repo.example extra'], sha256: null, sizeBytes: null },
  ]);
});

test.each([
  ['a package that turns to noarch', 'x86_64', 'noarch', 1],
  ['one that turns from noarch', 'noarch', 'x86_64', 1],
  ['another architecture beside it', 'x86_64', 'i686', 0],
])('%s', (_, architecture, offered, count) => {
  const installed = installedRpm('bash', '5.1.8-6.el9', { architecture });

  const offers = parseOffers(line({ architecture: offered }), [installed], REPOSITORIES);

  expect(offers).toHaveLength(count);
  expect(offers.every((offer) => offer.architecture === architecture)).toBe(true);
});

test('the module is that of what is installed', () => {
  const installed = installedRpm('bash', '5.1.8-6.el9', { module: 'shell:5' });

  expect(parseOffers(line(), [installed], REPOSITORIES)).toMatchObject([{ module: 'shell:5' }]);
});

test('what is not installed, or not newer, is no update', () => {
  expect(
    parseOffers(line({ name: 'zsh' }) + line({ release: '6.el9' }), [installedRpm('bash', '5.1.8-6.el9')], []),
  ).toEqual([]);
});
