import { expect, test } from 'vitest';
import { parsePolicies } from './policy.ts';

const MAIN = 'http://deb.example.org/debian bookworm/main amd64 Packages';
const SECURITY = 'http://deb.example.org/debian-security bookworm-security/main amd64 Packages';

function policyOf(text: string): object | undefined {
  return parsePolicies(text).get('acl');
}

test('an upgradable package: every version with its sources, dpkg itself left out', () => {
  const text = `acl:
  Installed: 2.3.1-3
  Candidate: 2.3.1-3+deb12u1
  Version table:
     2.3.1-3+deb12u1 500
        500 ${SECURITY}
 *** 2.3.1-3 500
        500 ${MAIN}
        100 /var/lib/dpkg/status
`;

  expect(policyOf(text)).toEqual({
    installed: '2.3.1-3',
    candidate: '2.3.1-3+deb12u1',
    versions: [
      {
        version: '2.3.1-3+deb12u1',
        sources: [SECURITY],
        priority: 500,
        sourcePriorities: [500],
        phasedPercent: 100,
        installed: false,
      },
      {
        version: '2.3.1-3',
        sources: [MAIN],
        priority: 500,
        sourcePriorities: [500, 100],
        phasedPercent: 100,
        installed: true,
      },
    ],
  });
});

test('what no index lists has no sources', () => {
  const text = `acl:
  Installed: 9-local
  Candidate: 9-local
  Version table:
 *** 9-local 100
        100 /var/lib/dpkg/status
`;

  expect(policyOf(text)).toMatchObject({ versions: [{ version: '9-local', sources: [], installed: true }] });
});

test('a local build under the version of an index is another version', () => {
  const text = `acl:
  Installed: 1.0
  Candidate: 1.0
  Version table:
     1.0 500
        500 ${MAIN}
 *** 1.0 100
        100 /var/lib/dpkg/status
`;

  expect(policyOf(text)).toMatchObject({
    versions: [
      { version: '1.0', sources: [MAIN], installed: false },
      { version: '1.0', sources: [], installed: true },
    ],
  });
});

test('phases are read, and pins of any width', () => {
  const text = `acl:
  Installed: 1
  Candidate: 3
  Package pin: 2
  Version table:
     3 500 (phased 10%)
        500 ${MAIN}
     2 1001
       1001 http://a.example/b ./ Packages
     1.5 -1
         -1 file:/srv/repo stable/main amd64 Packages
 *** 1 100
        100 /var/lib/dpkg/status
`;

  expect(policyOf(text)).toMatchObject({
    candidate: '3',
    versions: [
      { version: '3', phasedPercent: 10, sources: [MAIN] },
      { version: '2', phasedPercent: 100, sources: ['http://a.example/b ./ Packages'] },
      { version: '1.5', priority: -1, sourcePriorities: [-1], sources: ['file:/srv/repo stable/main amd64 Packages'] },
      { version: '1', installed: true },
    ],
  });
});

test('a version that is only a number is no source line', () => {
  const text =
    'acl:\n  Installed: 500\n  Candidate: 500\n  Version table:\n *** 500 100\n        100 /var/lib/dpkg/status\n';

  expect(policyOf(text)).toMatchObject({ installed: '500', versions: [{ version: '500', installed: true }] });
});

test('packages of several architectures keep apart', () => {
  const text = `libc6:
  Installed: 2.36-9
  Candidate: 2.36-9
  Version table:
libc6:i386:
  Installed: (none)
  Candidate: 2.36-9
  Version table:
`;

  const policies = parsePolicies(text);

  expect([...policies.keys()]).toEqual(['libc6', 'libc6:i386']);
  expect(policies.get('libc6:i386')).toEqual({ installed: null, candidate: '2.36-9', versions: [] });
});

test('no candidate', () => {
  expect(policyOf('acl:\n  Installed: 1\n  Candidate: (none)\n  Version table:\n')).toMatchObject({ candidate: null });
});

test('nothing asked, nothing answered', () => {
  expect(parsePolicies('')).toEqual(new Map());
});
