// What `npm start`, `npm test` and `npm run check` do before their own work: look at the machine, install the
// libraries, find the pinned runtime. Plain JavaScript with nothing but Node, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const NODE_MIN = [20, 19];
const STAMP = join(ROOT, 'node_modules', '.patchsteward-installed');

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Ends with one line that says what is missing and what to do. */
export function fail(line) {
  process.stderr.write(`patchsteward: ${line}\n`);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])) return;
  fail(
    `Node ${NODE_MIN.join('.')} or newer is needed, this is ${process.versions.node}; install a newer Node and try again`,
  );
}

/** What is installed is named by the lock file and by whether development tools came along. */
function installedAs() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'));
  } catch {
    return null;
  }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

/** Installs the libraries where the lock file changed since the last time. `runtime` leaves the development tools out. */
export async function install(scope) {
  const lock = lockHash();
  const installed = installedAs();
  if (installed?.lock === lock && (installed.scope === 'full' || installed.scope === scope)) return;

  say(`installing libraries (${scope === 'full' ? 'with development tools' : 'run time only'}) ...`);
  const started = Date.now();
  const omit = scope === 'full' ? [] : ['--omit=dev'];
  // No install scripts: nothing that we depend on needs one, and none may run what it likes on this machine.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...omit];
  const status = await runQuietly('npm', args);
  if (status.code !== 0) {
    process.stderr.write(status.output);
    fail('`npm ci` failed as shown above; check that the npm registry can be reached and the disk is not full');
  }
  writeFileSync(STAMP, JSON.stringify({ lock, scope }));
  say(`libraries installed in ${seconds(started)}`);
}

/** The pinned runtime where this platform has one, else this very Node if it is new enough. */
export function runtime() {
  const pinned = join(ROOT, 'node_modules', '.bin', 'node');
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return fail(
    `no pinned runtime for ${process.platform}-${process.arch}, and this Node ${process.versions.node} is older than 22.18; install Node 24`,
  );
}

/** Builds the console when its sources changed since the last build. */
export async function buildConsole() {
  const consoleRoot = join(ROOT, 'packages', 'console');
  const stamp = join(consoleRoot, 'dist', '.built-from');
  const sources = hashOfFiles([
    ...filesBelow(join(consoleRoot, 'src')),
    ...filesBelow(join(ROOT, 'packages', 'contract', 'src')),
    join(consoleRoot, 'index.html'),
    join(consoleRoot, 'vite.config.ts'),
    join(ROOT, 'package-lock.json'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;

  say('building the console ...');
  const started = Date.now();
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const status = await runQuietly(runtime(), [vite, 'build', '--logLevel', 'warn'], { cwd: consoleRoot });
  if (status.code !== 0) {
    process.stderr.write(status.output);
    fail('the console could not be built, see above');
  }
  writeFileSync(stamp, sources);
  say(`console built in ${seconds(started)}`);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function hashOfFiles(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs and keeps the output, to be shown only when it failed. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

export function runLoudly(command, args, options = {}) {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options }).status ?? 1;
}

export function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
