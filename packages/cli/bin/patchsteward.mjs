#!/usr/bin/env node
// Plain JavaScript for old runtimes: this file must load wherever a person types the command, to say what is missing.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources are TypeScript; from this version on Node runs them as they are. */
const NODE_MAJOR_MIN = 22;
const NODE_MINOR_MIN = 18;

/** Set for the runtime that this launcher starts, so that one which is too old as well is not started again. */
const RELAUNCHED = 'PATCHSTEWARD_RELAUNCHED';

/** What a service manager or a person sends; a terminal's own Ctrl-C and Ctrl-\ reach both processes anyway. */
const FORWARDED = ['SIGTERM', 'SIGHUP'];
const FORWARDED_WITHOUT_TERMINAL = ['SIGINT', 'SIGQUIT'];
/** Longer than any signal takes to end a process that does not handle it. */
const SIGNAL_GRACE_MS = 1000;

const relaunched = process.env[RELAUNCHED] === '1';
delete process.env[RELAUNCHED];

if (runsTypeScript()) run();
else relaunch();

/** Node 23.0 to 23.5 is newer, yet cannot; it says so itself. */
function runsTypeScript() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const newEnough = major > NODE_MAJOR_MIN || (major === NODE_MAJOR_MIN && minor >= NODE_MINOR_MIN);
  return newEnough && Boolean(process.features.typescript);
}

function run() {
  keepCompiledCode();
  const loaders = {
    loadServe: () => import('@patchsteward/server'),
    loadAgent: () => import('@patchsteward/agent'),
  };
  const { stdin, stdout, stderr, env: environment } = process;
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = withoutExperimental(emitWarning);
  import('../src/main.ts')
    .then(({ main }) => {
      process.emitWarning = emitWarning;
      // A parent that is gone by then needs not be told.
      const tellParent = process.send && ((message) => process.send(message, () => {}));
      return main(process.argv.slice(2), loaders, { stdin, stdout, stderr, environment, tellParent });
    })
    .then((code) => {
      process.exitCode = code;
    })
    .catch((error) => {
      stderr.write(`patchsteward: cannot start; run "npm ci" in the folder of patchsteward\n${error.stack}\n`);
      process.exitCode = 1;
    });
}

/**
 * Halves the time to start: the sources are stripped and compiled once. Kept beside the installed libraries and by their
 * owner only, for whoever can write compiled code decides what runs.
 */
function keepCompiledCode() {
  const libraries = nearest('node_modules');
  if (libraries === null || process.getuid === undefined || statSync(libraries).uid !== process.getuid()) return;
  module.enableCompileCache(join(libraries, '.cache', 'patchsteward'));
}

/** Some versions call type stripping experimental each time; a person who reads an answer need not know. */
function withoutExperimental(emitWarning) {
  return (warning, type, ...rest) => {
    if (type !== 'ExperimentalWarning') emitWarning.call(process, warning, type, ...rest);
  };
}

function relaunch() {
  const runtime = nearest(join('node_modules', '.bin', 'node'));
  if (relaunched || runtime === null) {
    process.stderr.write(
      `patchsteward: needs Node.js ${NODE_MAJOR_MIN}.${NODE_MINOR_MIN} or newer, this is ${process.versions.node}; ` +
        'install one, or run "npm ci" in the folder of patchsteward for the pinned one\n',
    );
    process.exitCode = 1;
    return;
  }

  const child = spawn(runtime, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RELAUNCHED]: '1' },
  });
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  for (const signal of FORWARDED_WITHOUT_TERMINAL) process.on(signal, () => onTerminal || child.kill(signal));

  child.on('error', (error) => {
    process.stderr.write(`patchsteward: cannot start ${runtime}: ${error.message}; run "npm ci" again\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    // End the way the child ended, so that a shell or a service manager sees the signal.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.exit(128 + constants.signals[signal]), SIGNAL_GRACE_MS);
  });
}

/** The path in this folder or the nearest one above that has it. */
function nearest(path) {
  let folder = dirname(realpathSync(fileURLToPath(import.meta.url)));
  for (;;) {
    const found = join(folder, path);
    if (existsSync(found)) return found;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
