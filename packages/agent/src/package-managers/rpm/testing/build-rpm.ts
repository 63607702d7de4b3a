import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface TestRpm {
  readonly name: string;
  readonly version: string;
  readonly release?: string;
  readonly architecture?: string;
  /** Further lines of the head of the spec file. */
  readonly tags?: string;
  /** Files by their path, and where to copy them from. */
  readonly files?: Readonly<Record<string, string>>;
  /** Names of further packages that the same source builds. */
  readonly parts?: readonly string[];
}

/** Builds an rpm with rpmbuild, and puts it and its parts into a folder. */
export async function buildRpm(folder: string, one: TestRpm): Promise<void> {
  const stage = await mkdtemp(join(tmpdir(), 'patchsteward-rpm-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(stage, 'one.spec'), specOf(one));
  const places = [
    `_topdir ${stage}`,
    `_rpmdir ${folder}`,
    '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm',
  ];
  // Debian's rpm would strip and compress files that are none of its business here.
  places.push('__os_install_post %{nil}', '_build_id_links none', 'debug_package %{nil}');
  const options = places.flatMap((define) => ['--define', define]);
  const target = ['--target', one.architecture ?? 'noarch'];
  await execute('rpmbuild', ['-bb', '--quiet', ...target, ...options, join(stage, 'one.spec')], {
    env: { ...process.env, HOME: stage },
  });
  await rm(stage, { recursive: true });
}

function specOf({ name, version, release = '1.el9', tags = '', files = {}, parts = [] }: TestRpm): string {
  const copies = Object.entries(files).map(([path, from]) => `install -D -m 755 ${from} %{buildroot}${path}`);
  return [
    `Name: ${name}\nVersion: ${version}\nRelease: ${release}\nSummary: test\nLicense: MIT\nAutoReqProv: no\n${tags}`,
    '%description\ntest\n',
    ...parts.map((part) => `%package -n ${part}\nSummary: test\n%description -n ${part}\ntest\n`),
    `%install\n${copies.join('\n')}\n`,
    `%files\n${Object.keys(files).join('\n')}\n`,
    ...parts.map((part) => `%files -n ${part}\n`),
  ].join('\n');
}
