import { expect, it } from 'vitest';
import { originClass } from './origin-class.ts';
import { BOOKWORM, installed } from './testing/samples.ts';

const DEBIAN = 'deb.debian.org/debian bookworm/main';
const BACKPORTS = 'deb.debian.org/debian bookworm-backports/main';
const NODESOURCE = 'deb.nodesource.com/node_24.x nodistro/main';
const MIRROR = 'mirror.example/flat ./';

const publishers = [
  { origin: DEBIAN, publisher: 'Debian' },
  { origin: BACKPORTS, publisher: 'Debian Backports' },
  { origin: NODESOURCE, publisher: '. nodistro' },
  { origin: MIRROR, publisher: null },
];

it.each([
  ['nobody looked', null, 'unknown'],
  ['no index lists it any more', [], 'unlisted'],
  ['the distribution lists it', [DEBIAN], 'distribution'],
  ['the distribution lists it beside others', [NODESOURCE, DEBIAN], 'distribution'],
  ['only a third party lists it', [NODESOURCE], 'third-party'],
  ["backports are not the release's own", [BACKPORTS], 'third-party'],
  ['an index without a name may be a mirror', [MIRROR], 'unknown'],
  ['an index without a name beside a third party', [NODESOURCE, MIRROR], 'unknown'],
  ['an index that nobody described', ['elsewhere.example/ stable/main'], 'unknown'],
])('%s: %s is %s', (_, origins, expected) => {
  expect(originClass(installed({ origins }), publishers, BOOKWORM)).toBe(expected);
});

it('each distribution has its own names', () => {
  const archive = [{ origin: 'archive', publisher: 'Ubuntu' }];
  const fromArchive = installed({ origins: ['archive'] });

  expect(originClass(fromArchive, archive, { ...BOOKWORM, id: 'ubuntu' })).toBe('distribution');
  expect(originClass(fromArchive, archive, BOOKWORM)).toBe('third-party');
  // Of a distribution that we do not know, nobody can be called foreign.
  expect(originClass(fromArchive, archive, { ...BOOKWORM, id: 'devuan' })).toBe('unknown');
});

it.each([
  ['almalinux', 'AlmaLinux', 'distribution'],
  ['almalinux', 'Fedora Project', 'third-party'],
  ['fedora', 'Fedora Project', 'distribution'],
  ['rocky', 'Rocky Enterprise Software Foundation', 'distribution'],
  ['rhel', 'Red Hat, Inc.', 'distribution'],
  ['rhel', "Remi's RPM repository <https://rpms.remirepo.net/>", 'third-party'],
  ['amzn', 'Amazon Linux', 'distribution'],
  // Of a distribution that we do not know, nobody can be called foreign.
  ['openmandriva', 'OpenMandriva', 'unknown'],
])('on %s an rpm of %s is %s, whatever repository had it', (id, vendor, expected) => {
  const one = { ...installed({ origins: ['mirror.example/all all'] }), vendor };

  expect(originClass(one, [], { ...BOOKWORM, id })).toBe(expected);
});
