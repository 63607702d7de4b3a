import { join } from 'node:path';
import { readInventory } from '@patchsteward/agent/package-managers';
import { AssetFindings, EnrollmentTokenCreated } from '@patchsteward/contract';
import type { InventorySections } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRpm, type TestRpm } from '../../../agent/src/package-managers/rpm/testing/build-rpm.ts';
import { RpmRoot } from '../../../agent/src/package-managers/rpm/testing/rpm-root.ts';
import { describeWithDatabase } from '../../../server/src/platform/testing/database.ts';
import { RealServer } from '../platform/testing/real-server.ts';
import { run } from '../platform/testing/run.ts';
import { HAS_REAL_DATA, realFile } from './testing/real-data.ts';

const OS_RELEASE = 'ID="almalinux"\nVERSION_ID="9.4"\nPRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"\n';
const ADVISORIES = realFile('rhel-family/almalinux-osv.jsonl.gz');
const VENDOR = 'Vendor: AlmaLinux\n';
const MODULE = `${VENDOR}Epoch: 1\nModularityLabel: nodejs:18:9010020221213:rhel9\n`;

/** Names and versions as AlmaLinux built them, with nothing inside. */
const INSTALLED: readonly TestRpm[] = [
  { name: 'almalinux-release', version: '9.4', tags: VENDOR },
  { name: 'expat', version: '2.2.10', release: '12.el9_0.2', tags: VENDOR },
  { name: 'openssl-libs', version: '3.0.1', release: '41.el9_0', tags: `${VENDOR}Epoch: 1\n` },
  { name: 'nodejs', version: '18.12.1', release: '1.module_el9.1.0+16+91bc168f', tags: MODULE },
  { name: 'kernel-core', version: '5.14.0', release: '70.17.1.el9_0', tags: VENDOR },
  // A third party's, older than any fix of the distribution.
  { name: 'zlib', version: '1.0', release: '1.el9', tags: 'Vendor: Example Builds\n' },
];
const OFFERED: readonly TestRpm[] = [{ name: 'expat', version: '2.5.0', release: '99.el9', tags: VENDOR }];

let root: RpmRoot;
let facts: InventorySections;

async function makeHost(): Promise<void> {
  root = await RpmRoot.make(OS_RELEASE);
  const folder = join(root.path, 'srv/baseos');
  for (const one of [...INSTALLED, ...OFFERED]) await buildRpm(folder, one);
  await root.publish('baseos', folder);
  const files = INSTALLED.map(({ name, version, release = '1.el9' }) => `${name}-${version}-${release}.noarch.rpm`);
  await root.rpm('--install', '--nodeps', ...files.map((file) => join(folder, file)));
  await root.dnf('makecache');
  const { system, ...sections } = await readInventory({ root: root.path, procfs: '/proc' });
  facts = { ...sections, system: { ...system, hostname: 'alma-1', machineId: null, container: false } };
}

const pairsOf = (items: AssetFindings['items']): string[] =>
  items.flatMap(({ packages, vulnerability }) => packages.map(({ name }) => `${name} ${vulnerability}`)).toSorted();

describe.skipIf(!HAS_REAL_DATA)('an AlmaLinux host and its real advisories (needs PATCHSTEWARD_TEST_DATA)', () => {
  describeWithDatabase('through a real server', () => {
    let server: RealServer;
    let found: AssetFindings;

    beforeAll(async () => {
      await makeHost();
      server = await RealServer.start();
      const { answer } = await server.askJson('enrollment-token', 'create');
      await server.report(EnrollmentTokenCreated.parse(answer).token, facts);
      const imported = await server.ask('feeds', 'import', '--feed', 'almalinux-osv', ADVISORIES);
      expect(imported).toMatchObject({ code: 0, stderr: '' });
      found = AssetFindings.parse((await server.askJson('finding', 'list', '--asset', 'alma-1')).answer);
    });
    afterAll(async () => {
      await server?.close();
      await root?.remove();
    });

    it('has the findings that a scan of its root has', async () => {
      const { code, stdout } = await run(['scan', '--root', root.path, '-a', ADVISORIES, '--json']);
      const { findings }: { findings: { package: string; vulnerability: string }[] } = JSON.parse(stdout);

      expect(code).toBe(3);
      expect(pairsOf(found.items)).toEqual(findings.map((one) => `${one.package} ${one.vulnerability}`).toSorted());
      expect(findings.length).toBeGreaterThan(20);
    });

    it.each([
      ['what its build has fixed', 'expat CVE-2022-25313', false],
      ['what a later build fixes', 'expat CVE-2022-40674', true],
      ['what was fixed with the epoch that it has', 'openssl-libs CVE-2022-1292', false],
      ['what a later build of that epoch fixes', 'openssl-libs CVE-2022-3602', true],
      ['what its build of the module has fixed', 'nodejs CVE-2022-43548', false],
      ['what a later kernel fixes', 'kernel-core CVE-2022-34918', true],
    ])('%s: %s is a finding: %s', (_, pair, expected) => {
      expect(pairsOf(found.items).includes(pair)).toBe(expected);
    });

    it('a third party’s package is not judged by the distribution', async () => {
      expect(pairsOf(found.items).filter((pair) => pair.startsWith('zlib '))).toEqual([]);
    });

    it('what a repository offers against a finding is named with it', () => {
      const expat = found.items.find(({ vulnerability }) => vulnerability === 'CVE-2022-40674');

      expect(expat?.fixOffered).toMatchObject([{ name: 'expat', to: '2.5.0-99.el9' }]);
    });

    it('shows its release, its packages and its updates', async () => {
      expect((await server.ask('asset', 'list')).stdout).toMatch(/^alma-1 +almalinux 9\.4 /m);
      expect((await server.ask('asset', 'packages', 'alma-1', '--search', 'openssl-libs')).stdout).toContain(
        '1:3.0.1-41.el9_0',
      );
      expect((await server.ask('update', 'list', '--asset', 'alma-1')).stdout).toMatch(/expat.*2\.5\.0-99\.el9/);
    });
  });
});
