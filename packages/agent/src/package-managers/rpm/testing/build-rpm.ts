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
  /** Files of configuration, with what stands in them. */
  readonly configurations?: Readonly<Record<string, string>>;
  /** What runs once the files are there. */
  readonly post?: string;
  /** Names of further packages that the same source builds. */
  readonly parts?: readonly string[];
}

/** Builds an rpm with rpmbuild, and puts it and its parts into a folder; gives the path of the first. */
export async function buildRpm(folder: string, one: TestRpm): Promise<string> {
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
  const { name, version, release = RELEASE, architecture = 'noarch' } = one;
  return join(folder, `${name}-${version}-${release}.${architecture}.rpm`);
}

/** Signs rpms with a key in the home of a gpg. */
export async function signRpms(home: string, files: readonly string[]): Promise<void> {
  const places = [`_gpg_path ${home}`, '_gpg_name Test', '__gpg /usr/bin/gpg'];
  await execute('rpmsign', [...places.flatMap((define) => ['--define', define]), '--addsign', ...files], {
    env: { ...process.env, HOME: home },
  });
}

const RELEASE = '1.el9';

function specOf(one: TestRpm): string {
  const { name, version, release = RELEASE, tags = '', files = {}, configurations = {}, post, parts = [] } = one;
  const texts = Object.entries(configurations).map(
    ([path, text]) => `install -D -m 644 /dev/stdin %{buildroot}${path} <<'TEXT'\n${text}TEXT`,
  );
  const listed = [...Object.keys(files), ...Object.keys(configurations).map((path) => `%config(noreplace) ${path}`)];
  const copies = Object.entries(files).map(([path, from]) => `install -D -m 755 ${from} %{buildroot}${path}`);
  return [
    `Name: ${name}\nVersion: ${version}\nRelease: ${release}\nSummary: test\nLicense: MIT\nAutoReqProv: no\n${tags}`,
    '%description\ntest\n',
    ...parts.map((part) => `%package -n ${part}\nSummary: test\n%description -n ${part}\ntest\n`),
    `%install\n${[...copies, ...texts].join('\n')}\n`,
    ...(post === undefined ? [] : [`%post\n${post}\n`]),
    `%files\n${listed.join('\n')}\n`,
    ...parts.map((part) => `%files -n ${part}\n`),
  ].join('\n');
}
