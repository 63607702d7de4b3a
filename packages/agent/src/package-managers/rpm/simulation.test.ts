import { expect, test } from 'vitest';
import { parseAnnouncement } from './simulation.ts';

const HEAD = `Dependencies resolved.
================================================================================
 Package         Architecture    Version            Repository             Size
================================================================================
`;
const FOOT = `
Transaction Summary
================================================================================
Upgrade  2 Packages

Total size: 12 k
`;
const comes = (name: string, version: string, repository = 'baseos', architecture = 'noarch') => ({
  ...{ name, architecture, version, repository },
  comes: true,
});
const goes = (name: string, version: string) => ({
  ...{ name, architecture: 'noarch', version, repository: null },
  comes: false,
});

test.each<[string, string, readonly object[]]>([
  [
    'an upgrade with what it needs',
    `Upgrading:
 acme-a          noarch          2.0-1.el9          baseos          6.2 k
Installing dependencies:
 acme-new        x86_64          1:2.0-1.el9        epel            1.1 M
`,
    [comes('acme-a', '2.0-1.el9'), comes('acme-new', '1:2.0-1.el9', 'epel', 'x86_64')],
  ],
  [
    'a file of our own, and what it obsoletes',
    `Installing:
 acme-c           noarch         2.0-1.el9           @commandline         6.2 k
     replacing  acme-b.noarch 1.0-1.el9
`,
    [comes('acme-c', '2.0-1.el9', '@commandline'), goes('acme-b', '1.0-1.el9')],
  ],
  [
    'a name that does not fit into its column',
    `Upgrading:
 acme-with-a-name-that-is-longer-than-any-column-could-ever-be
                 noarch          2.0-1.el9          baseos          6.2 k
 acme-b          noarch          2.0-1.el9          baseos          6.2 k
`,
    [comes('acme-with-a-name-that-is-longer-than-any-column-could-ever-be', '2.0-1.el9'), comes('acme-b', '2.0-1.el9')],
  ],
  [
    'what goes, whatever the reason',
    `Downgrading:
 acme-a          noarch          1.0-1.el9          baseos          6.2 k
Removing:
 acme-b          noarch          1.0-1.el9          @baseos         24
Removing dependent packages:
 acme-x          noarch          1.0-1.el9          @baseos         24
`,
    [comes('acme-a', '1.0-1.el9'), goes('acme-b', '1.0-1.el9'), goes('acme-x', '1.0-1.el9')],
  ],
  [
    'not what is skipped, and no streams of modules',
    `Skipping packages with conflicts:
(add '--best --allowerasing' to command line to force their upgrade):
 acme-a          noarch          2.0-1.el9          baseos          6.2 k
Enabling module streams:
 nodejs                          18
`,
    [],
  ],
])('%s', (_, body, expected) => {
  expect(parseAnnouncement(`${HEAD}${body}${FOOT}`)).toEqual(expected);
});

test.each(['', 'Dependencies resolved.\nNothing to do.\nComplete!\n', 'Error: \n Problem: conflicting requests\n'])(
  '%j announces nothing',
  (text) => {
    expect(parseAnnouncement(text)).toEqual([]);
  },
);
