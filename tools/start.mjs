// `npm start`: set-up, server with its database and console, and this machine as the first asset. Arguments after `--`
// go to `patchsteward serve`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildConsole, checkNode, fail, install, ROOT, runtime, say } from './setup.mjs';

const CLI = join(ROOT, 'packages', 'cli', 'bin', 'patchsteward.mjs');
/** A first start makes a database; a recovery after a crash replays its log. Far above both. */
const READY_WAIT_MS = 120_000;
/** The server finishes what it has begun; longer than its own limit. */
const STOP_WAIT_MS = 30_000;
const PARENT_POLL_MS = 500;
const AGENT_PAUSE_MS_MAX = 300_000;

const DEMO = join(ROOT, 'demo', 'main.ts');
const serveArguments = process.argv.slice(2);
const isDemo = serveArguments.includes('--demo');
const children = new Map();
let stopping = false;
let agentArguments = null;
let agentPauseMs = 1_000;

function startChild(name, args, stdio = ['ignore', 'inherit', 'inherit'], program = CLI) {
  const child = spawn(runtime(), [program, ...args], { cwd: ROOT, stdio });
  children.set(name, child);
  child.on('exit', (code, signal) => {
    children.delete(name);
    if (!stopping) void ended(name, code ?? signal);
  });
  return child;
}

async function ended(name, how) {
  if (name === 'agent') return restartAgent(how);
  if (typeof how === 'string')
    say(`the server was ended by ${how}; nothing acknowledged is lost, start it again with npm start`);
  process.exitCode = typeof how === 'number' ? how : 1;
  await stop('SIGTERM');
}

/** An agent that ends is started again, with longer pauses: a host that is not wanted any more must not hammer. */
function restartAgent(how) {
  agentPauseMs = Math.min(agentPauseMs * 2, AGENT_PAUSE_MS_MAX);
  say(`the agent of this machine ended (${how}); it is started again in ${agentPauseMs / 1000} s`);
  setTimeout(() => !stopping && agentArguments !== null && runAgent(), agentPauseMs).unref();
}

function runAgent() {
  const agent = startChild('agent', agentArguments, ['ignore', 'ignore', 'pipe']);
  createInterface({ input: agent.stderr }).on('line', tellTrouble);
}

/** npm ends without a word to what it started; whoever ends `npm start` means all of it. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop('SIGTERM'), PARENT_POLL_MS).unref();
}

/** Agent first, so that its last report is answered; then the server. */
async function stop(signal) {
  if (stopping) return;
  stopping = true;
  for (const name of ['agent', 'server']) {
    const child = children.get(name);
    if (child === undefined) continue;
    child.kill(signal);
    await exited(child);
  }
}

function exited(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function cli(...args) {
  const result = spawnSync(runtime(), [CLI, ...args], { cwd: ROOT, encoding: 'utf8' });
  return { code: result.status, text: result.stdout, problem: result.stderr.trim() };
}

/** The server says over the channel to its parent when it takes requests, and where. */
function ready(server) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), READY_WAIT_MS);
    const settle = (value) => {
      clearTimeout(timer);
      resolve(value);
    };
    server.on('message', (message) => message?.kind === 'ready' && settle(message));
    server.once('exit', () => settle(null));
  });
}

/** Of an agent that works as it should nobody wants to read every minute. */
function tellTrouble(line) {
  if (!/"level":"(info|debug)"/.test(line)) process.stderr.write(`agent: ${line}\n`);
}

/** Enrolls this machine where it is not enrolled yet, and starts its agent. The server goes on without one. */
function startAgent({ data, agentsPort }) {
  if (!existsSync('/usr/bin/dpkg')) {
    say('this machine is not enrolled: its package manager is not one that the agent reads (Debian, Ubuntu)');
    return;
  }
  const stateArguments = ['--state-dir', join(data, 'agent')];
  const status = cli('agent', 'status', ...stateArguments, '--json');
  if (status.code !== 0 || JSON.parse(status.text).enrolled === null) {
    const created = cli('enrollment-token', 'create', '--note', 'this machine', '--data', data, '--json');
    if (created.code !== 0) return say(`this machine is not enrolled: ${created.problem}`);
    const { token } = JSON.parse(created.text);
    const enrolled = cli('agent', 'enroll', '--server', `127.0.0.1:${agentsPort}`, '--token', token, ...stateArguments);
    if (enrolled.code !== 0) return say(`this machine is not enrolled: ${enrolled.problem}`);
    say('this machine is enrolled, read-only');
  }
  agentArguments = ['agent', 'run', ...stateArguments];
  runAgent();
}

async function main() {
  checkNode();
  if (process.platform !== 'linux')
    fail('the server runs on Linux; on other systems use the console of a server in a browser');
  await install('runtime');
  await buildConsole();

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop('SIGTERM'));
  stopWithNpm();
  // Invented people and hosts in a data directory of their own; this machine has no part in it.
  if (isDemo) {
    startChild('server', serveArguments, ['inherit', 'inherit', 'inherit', 'ipc'], DEMO);
    return;
  }
  // The agent port stays on this machine until somebody says otherwise: `npm start -- --agents 0.0.0.0:8421`.
  const isToldAgents = serveArguments.some((argument) => /^--agents(=|$)/.test(argument));
  const agentsListen = isToldAgents || process.env.PATCHSTEWARD_AGENTS ? [] : ['--agents', '127.0.0.1:8421'];
  const isToldLevel = serveArguments.some((argument) => /^--log-level(=|$)/.test(argument));
  const quiet = isToldLevel || process.env.PATCHSTEWARD_LOG_LEVEL ? [] : ['--log-level', 'warn'];
  const server = startChild(
    'server',
    ['serve', ...agentsListen, ...quiet, ...serveArguments],
    ['ignore', 'inherit', 'inherit', 'ipc'],
  );
  const message = await ready(server);
  if (message === null) {
    // What it said, and the code it ended with, say it all; `--help` ends with 0.
    process.exitCode ??= 1;
    await stop('SIGTERM');
    return;
  }
  if (!stopping) startAgent(message);
}

await main();
