import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type StaticServer, serveFolder } from '../../deb/testing/static-server.ts';
import { buildRpm, type TestRpm } from './build-rpm.ts';
import type { RpmRoot } from './rpm-root.ts';

const execute = promisify(execFile);

const OURS = 'Vendor: AlmaLinux\n';
const MODULE = (stream: string): string => `ModularityLabel: nodejs:${stream}:20260101:abcdef\n`;
const kernel = (release: string): TestRpm => ({
  name: 'kernel-core',
  version: '5.14.0',
  release,
  architecture: 'x86_64',
  tags: `${OURS}Provides: installonlypkg(kernel)\nProvides: kernel-uname-r = 5.14.0-${release}.x86_64\n`,
});

/** The distribution's own repository; the names say what each package is there for. */
const BASEOS: readonly TestRpm[] = [
  { name: 'almalinux-release', version: '9.4', tags: `${OURS}Provides: system-release(releasever) = 9\n` },
  { name: 'acme-epoch', version: '9.0', tags: `${OURS}Epoch: 1\n`, parts: ['acme-part'] },
  { name: 'acme-epoch', version: '1.0', tags: `${OURS}Epoch: 2\n`, parts: ['acme-part'] },
  ...['1.0', '1.1'].flatMap((version): TestRpm[] => [
    ...['acme-tool', 'acme-locked', 'acme-left', 'acme-pinned', 'acme-twice'].map((name) => ({
      name,
      version,
      tags: OURS,
    })),
    {
      name: 'acme-daemon',
      version,
      tags: OURS,
      architecture: 'x86_64',
      files: { '/srv/acme/acme-daemon': '/bin/sleep' },
    },
  ]),
  { name: 'acme-unsaid', version: '1.0' },
  { name: 'acme-old', version: '1.0', tags: OURS },
  { name: 'acme-new', version: '1.0', tags: `${OURS}Obsoletes: acme-old < 2\n` },
  { name: 'glibc', version: '2.34', release: '100.el9', architecture: 'x86_64', tags: OURS },
  ...['9.el9', '10.el9', '11.el9'].map(kernel),
  { name: 'kernel', version: '5.14.0', release: '10.el9', architecture: 'x86_64', tags: OURS },
  { name: 'nodejs', version: '18.1', release: '1.module_el9+1', tags: `${OURS}Epoch: 1\n${MODULE('18')}` },
  { name: 'nodejs', version: '18.2', release: '1.module_el9+2', tags: `${OURS}Epoch: 1\n${MODULE('18')}` },
  { name: 'nodejs', version: '20.1', release: '1.module_el9+1', tags: `${OURS}Epoch: 1\n${MODULE('20')}` },
];

/** A third party's, which rebuilds a package of the distribution as well. */
const EPEL: readonly TestRpm[] = [
  { name: 'acme-extra', version: '1.0', tags: 'Vendor: Fedora Project\n' },
  { name: 'acme-extra', version: '1.1', tags: 'Vendor: Fedora Project\n' },
  { name: 'acme-tool', version: '9.9', tags: 'Vendor: Fedora Project\n' },
];

const stream = (name: string, artifacts: readonly string[]): string => `---
document: modulemd
version: 2
data:
  name: nodejs
  stream: "${name}"
  version: 20260101
  context: abcdef
  arch: noarch
  summary: test
  description: test
  license: { module: [MIT] }
  artifacts:
    rpms:
${artifacts.map((artifact) => `    - ${artifact}`).join('\n')}
...
`;

const MODULES = [
  stream('18', ['nodejs-1:18.1-1.module_el9+1.noarch', 'nodejs-1:18.2-1.module_el9+2.noarch']),
  stream('20', ['nodejs-1:20.1-1.module_el9+1.noarch']),
].join('');

/** Builds both repositories below /srv of a root, and configures them; the third party's is asked for with a secret. */
export async function publishAcme(root: RpmRoot): Promise<StaticServer> {
  const baseos = join(root.path, 'srv/baseos');
  const epel = join(root.path, 'srv/epel');
  for (const one of BASEOS) await buildRpm(baseos, one);
  for (const one of EPEL) await buildRpm(epel, one);
  await buildRpm(join(root.path, 'srv/unpublished'), { name: 'acme-local', version: '3.0' });
  for (const folder of [baseos, epel]) await execute('createrepo_c', ['--quiet', folder]);
  await writeFile(join(root.path, 'srv/modules.yaml'), MODULES);
  await execute('modifyrepo_c', ['--mdtype=modules', join(root.path, 'srv/modules.yaml'), join(baseos, 'repodata')]);
  const server = await serveFolder(epel, 'user:secret');
  await root.write('etc/yum.repos.d/acme.repo', repositories(root, server.port));
  return server;
}

function repositories(root: RpmRoot, port: number): string {
  return `[baseos]
name=AlmaLinux 9 - BaseOS
baseurl=file://${root.path}/srv/baseos

[epel]
name=Extra Packages
baseurl=http://user:secret@127.0.0.1:${port}/
excludepkgs=acme-tool
`;
}
