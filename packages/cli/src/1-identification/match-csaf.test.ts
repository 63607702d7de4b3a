import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../platform/exit-code.ts';
import { run } from '../platform/testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchsteward-csaf-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Found {
  readonly package: string;
  readonly status: string;
  readonly fixed: string | null;
}
interface Answer {
  readonly findings: readonly Found[] | null;
  readonly cleared: readonly Found[];
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function documentOf(id: string, tree: unknown, status: unknown, members: object = {}): string {
  const at = '2026-03-01T10:00:00Z';
  return JSON.stringify({
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      title: id,
      publisher: { category: 'vendor', name: 'Vendor', namespace: 'https://vendor.example' },
      tracking: {
        ...{ id, initial_release_date: at, current_release_date: at, status: 'final', version: '1' },
        revision_history: [{ date: at, number: '1', summary: 'First' }],
      },
    },
    product_tree: tree,
    vulnerabilities: [{ cve: 'CVE-2026-0001', product_status: status, ...members }],
  });
}

async function matched(packages: string, advisories: string, ...options: string[]): Promise<Answer & { code: number }> {
  const { code, stdout } = await run(['match', '-p', packages, '-a', advisories, '--all', '--json', ...options]);
  return { ...(JSON.parse(stdout) as Answer), code };
}

describe('match by CSAF', () => {
  it('judges appliances by the name and version of their vendor', async () => {
    const range = (name: string, id: string) => ({
      category: 'product_version_range',
      name,
      product: { name: id, product_id: id },
    });
    const product = { category: 'product_name', name: 'Router 9000', branches: [range('<V17.3.4a', 'old')] };
    const tree = { branches: [{ category: 'vendor', name: 'Vendor', branches: [product] }] };
    const advisories = file('router.json', documentOf('V-1', tree, { known_affected: ['old'] }));
    const rows = [
      'vendor\tpackage\tversion\ttype',
      'VENDOR\trouter 9000\t17.3.4\tproduct',
      'Vendor\tRouter-9000\t17.3.5\tproduct',
    ];

    const answer = await matched(file('assets.tsv', `${rows.join('\n')}\n`), advisories);

    expect(answer.findings).toMatchObject([{ package: 'vendor/router-9000', status: 'affected', fixed: 'V17.3.4a' }]);
    expect(answer.cleared).toMatchObject([{ package: 'vendor/router-9000', status: 'fixed' }]);
    expect(answer.code).toBe(EXIT.findings);
  });

  it('keeps the branches of an appliance apart, and is not clean where nobody speaks of one', async () => {
    const ranges = ['<17.3.4a', '<17.6.2'].map((name) => ({
      category: 'product_version_range',
      ...{ name, product: { name, product_id: name } },
    }));
    const tree = {
      branches: [
        {
          category: 'vendor',
          name: 'Cisco',
          branches: [{ category: 'product_name', name: 'IOS XE', branches: ranges }],
        },
      ],
    };
    const both = file('both.json', documentOf('V-1', tree, { known_affected: ['<17.3.4a', '<17.6.2'] }));
    const one = file('one.json', documentOf('V-1', tree, { known_affected: ['<17.3.4a'] }));
    const asset = (version: string) => {
      const rows = ['vendor\tpackage\tversion\ttype', `Cisco\tIOS XE\t${version}\tproduct`];
      return file(`${version}.tsv`, `${rows.join('\n')}\n`);
    };

    expect(await matched(asset('17.3.4'), both)).toMatchObject({ findings: [{ fixed: '17.3.4a' }] });
    expect(await matched(asset('17.3.4a'), both)).toMatchObject({ findings: [], code: EXIT.done });
    expect(await matched(asset('17.6.1'), both)).toMatchObject({ findings: [{ fixed: '17.6.2' }] });
    expect(await matched(asset('17.6.1'), one)).toMatchObject({
      ...{ findings: [], cleared: [], code: EXIT.failed },
      undecided: [{ package: 'cisco/ios-xe', installed: '17.6.1', fixed: null }],
    });
  });

  it('judges an rpm by what its vendor fixed and by what it will not fix', async () => {
    const leaf = (id: string, helper?: object) => ({
      ...{ category: 'product_version', name: id },
      product: { name: id, product_id: id, product_identification_helper: helper },
    });
    const relation = (part: string) => ({
      category: 'default_component_of',
      full_product_name: { name: part, product_id: `BaseOS:${part}` },
      product_reference: part,
      relates_to_product_reference: 'BaseOS',
    });
    const parts = ['curl-0:7.76.1-29.el9_4.x86_64', 'pam'];
    const tree = {
      branches: [
        leaf('BaseOS', { cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' }),
        leaf('curl-0:7.76.1-29.el9_4.x86_64'),
        leaf('pam', { purl: 'pkg:rpm/redhat/pam?arch=src' }),
      ],
      relationships: parts.map(relation),
    };
    const document = documentOf(
      'CVE-2026-0001',
      tree,
      { fixed: ['BaseOS:curl-0:7.76.1-29.el9_4.x86_64'], known_affected: ['BaseOS:pam'] },
      { remediations: [{ category: 'no_fix_planned', details: 'Will not fix', product_ids: ['BaseOS:pam'] }] },
    );
    const rows = [
      'package\tversion\tarchitecture\tsource\tsource_version',
      'curl\t0:7.76.1-26.el9\tx86_64\tcurl\t7.76.1-26.el9',
      'pam-devel\t0:1.5.1-1.el9\tx86_64\tpam\t1.5.1-1.el9',
    ];

    const packages = file('packages.tsv', `${rows.join('\n')}\n`);
    const answer = await matched(packages, file('vex.json', document), '--distro', 'rhel:9');

    expect(answer.findings).toMatchObject([
      { package: 'curl', status: 'affected', fixed: '0:7.76.1-29.el9_4' },
      { package: 'pam-devel', status: 'wont_fix', fixed: null },
    ]);
  });
});
