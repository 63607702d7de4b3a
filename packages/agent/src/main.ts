#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { CRITICALITIES, ENVIRONMENTS, LANES } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import type { Guard } from '@patchsteward/trust/authorize';
import { enroll, inventory, leave, run, status } from './commands.ts';
import { ENROLL_HELP, HELP } from './main-help.ts';
import type { PinOptions } from './pin.ts';
import { Problem } from './platform/problem.ts';
import { isLoopbackUrl, probe } from './probe.ts';
import { STRICTEST_GUARD } from './runner/guard-file.ts';
import type { SelfCommand } from './runner/run-probe.ts';
import { serveRunner } from './runner/serve.ts';
import { AGENT_VERSION } from './version.ts';

/** // docs: exit codes of every command of this project */
const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Standard input of a token; more is no token. */
const TOKEN_CHARACTERS_MAX = 4_096;

type Flags = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The agent by itself, as it is packaged: nothing of the server or of the command line's package is in it. */
async function main(argv: readonly string[]): Promise<number> {
  const [command = '--help', ...rest] = argv;
  switch (command) {
    case 'enroll':
      return enrollCommand(rest);
    case 'run':
      return runCommand(rest);
    case 'runner':
      return runnerCommand(rest);
    case 'inventory':
      readFlags(rest, {});
      return say(JSON.stringify(await inventory()));
    case 'status':
      return statusCommand(rest);
    case 'leave': {
      const flags = readFlags(rest, { 'state-dir': { type: 'string' } });
      const { stateDirectory } = await leave({ stateDirectory: word(flags, 'state-dir') });
      return say(`forgotten: ${stateDirectory}`);
    }
    case 'probe':
      return probeCommand(rest);
    case '--version':
      return say(AGENT_VERSION);
    case '--help':
    case 'help':
      return say(HELP);
    default:
      throw new UsageError(`there is no command "${command}"`);
  }
}

class UsageError extends Problem {
  constructor(problem: string) {
    super('usage', problem, 'see "patchsteward-agent --help"');
  }
}

async function enrollCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    server: { type: 'string', short: 's' },
    token: { type: 'string', short: 't' },
    'state-dir': { type: 'string' },
    'runner-state-dir': { type: 'string' },
    'guard-file': { type: 'string' },
    'root-sha256': { type: 'string' },
    environment: { type: 'string' },
    criticality: { type: 'string' },
    'allow-reboot': { type: 'boolean' },
    'allow-kernel': { type: 'boolean' },
    lanes: { type: 'string' },
    'deny-package': { type: 'string', multiple: true },
    help: { type: 'boolean' },
  });
  if (flags['help'] === true) return say(ENROLL_HELP);
  const server = word(flags, 'server');
  const given = word(flags, 'token');
  if (server === undefined || given === undefined) throw new UsageError('--server and --token are needed');
  const token = given === '-' ? await readStandardInput() : given;
  const pin = pinOf(flags);
  const { assetId } = await enroll({ server, token, pin, stateDirectory: word(flags, 'state-dir') });
  const pinned = pin === undefined ? 'it only reports: no trust root is pinned' : `pinned to ${pin.rootSha256}`;
  return say(`enrolled as ${assetId}; ${pinned}`);
}

function pinOf(flags: Flags): PinOptions | undefined {
  const rootSha256 = word(flags, 'root-sha256');
  if (rootSha256 === undefined) return undefined;
  if (!isHash(rootSha256)) throw new UsageError('--root-sha256 is "sha256:" and 64 hex digits');
  return {
    rootSha256,
    guard: guardOf(flags),
    runnerStateDirectory: word(flags, 'runner-state-dir'),
    guardPath: word(flags, 'guard-file'),
  };
}

/** What is not said is what costs least if it is wrong. */
function guardOf(flags: Flags): Guard {
  const environments = ENVIRONMENTS.filter((each) => each !== 'unknown');
  const lanes = word(flags, 'lanes')?.split(',') ?? [...STRICTEST_GUARD.allow.lanes];
  const denied = flags['deny-package'];
  return {
    environment: oneOf('environment', word(flags, 'environment') ?? STRICTEST_GUARD.environment, environments),
    criticality: oneOf('criticality', word(flags, 'criticality') ?? STRICTEST_GUARD.criticality, CRITICALITIES),
    allow: {
      reboot: flags['allow-reboot'] === true,
      kernel: flags['allow-kernel'] === true,
      lanes: lanes.map((lane) => oneOf('lanes', lane, LANES)),
    },
    packagesDenied: Array.isArray(denied) ? denied.map(String) : [],
  };
}

function oneOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const found = words.find((each) => each === given);
  if (found === undefined) throw new UsageError(`--${option} is one of ${words.join(', ')}`);
  return found;
}

async function runCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    once: { type: 'boolean' },
    'state-dir': { type: 'string' },
    'runner-socket': { type: 'string' },
  });
  const end = await run({
    once: flags['once'] === true,
    stateDirectory: word(flags, 'state-dir'),
    runnerSocket: word(flags, 'runner-socket'),
    signal: stopSignal(),
  });
  return end === 'stopped' || end === 'done' ? EXIT.done : EXIT.failed;
}

async function runnerCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    socket: { type: 'string' },
    'state-dir': { type: 'string' },
    'guard-file': { type: 'string' },
    'lock-wait-ms': { type: 'string' },
  });
  const lockWaitMs = word(flags, 'lock-wait-ms');
  await serveRunner({
    socketPath: word(flags, 'socket'),
    stateDirectory: word(flags, 'state-dir'),
    guardPath: word(flags, 'guard-file'),
    lockWaitMs: lockWaitMs === undefined ? undefined : Number(lockWaitMs),
    self: selfCommand(),
    signal: stopSignal(),
  });
  return EXIT.done;
}

/** How root's part starts this program again: the runtime with its script, or a program that is both. */
function selfCommand(): SelfCommand {
  const [, script] = process.argv;
  const whole = script === undefined || script === process.execPath;
  return whole ? [process.execPath] : [process.execPath, ...process.execArgv, script];
}

async function statusCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, {
    json: { type: 'boolean' },
    'state-dir': { type: 'string' },
    'runner-socket': { type: 'string' },
  });
  const found = await status({
    stateDirectory: word(flags, 'state-dir'),
    runnerSocket: word(flags, 'runner-socket'),
  });
  if (flags['json'] === true) return say(JSON.stringify(found));
  const { enrolled, lastContact, runner, running } = found;
  const lines = [
    enrolled === null ? 'not enrolled' : `enrolled as ${enrolled.assetId} with ${enrolled.server}`,
    running ? 'agent: running' : 'agent: not running',
    `last contact: ${lastContact === null ? 'none' : `${new Date(lastContact.at).toISOString()}${lastContact.problem === null ? '' : `, ${lastContact.problem}`}`}`,
    ...runnerLines(runner),
  ];
  return say(lines.join('\n'));
}

function runnerLines(runner: Awaited<ReturnType<typeof status>>['runner']): string[] {
  if (runner === null) return ['runner: not installed, or not for you to ask; this host only reports'];
  const { rootVersion, guard, problem, job } = runner;
  return [
    rootVersion === 0 ? 'trust root: none is pinned' : `trust root: version ${rootVersion}`,
    guard === null
      ? `guard: ${problem ?? 'unknown'}`
      : `guard: ${guard.environment}, ${guard.criticality}, lanes ${guard.allow.lanes.join(' ')}, reboot ${guard.allow.reboot ? 'allowed' : 'forbidden'}`,
    job === null ? 'work order: none under way' : `work order: ${job} under way`,
  ];
}

/** Not for people: root's part starts it without rights. */
async function probeCommand(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv, { port: { type: 'string', multiple: true }, url: { type: 'string', multiple: true } });
  const ports = list(flags, 'port').map(Number);
  const urls = list(flags, 'url');
  if (!ports.every(Number.isInteger) || !urls.every(isLoopbackUrl)) throw new UsageError('--port or --url is wrong');
  const missing = await probe({ ports, urls }, '/proc');
  process.stdout.write(missing.map((line) => `${line}\n`).join(''));
  return EXIT.done;
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function readFlags(argv: readonly string[], options: Options): Flags {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // node:util names the option that it does not know; it throws nothing else here.
    throw new UsageError(error instanceof Error ? error.message : 'wrong arguments');
  }
}

function word(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function list(flags: Flags, name: string): string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.map(String) : [];
}

function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

async function readStandardInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > TOKEN_CHARACTERS_MAX) throw new UsageError('what came on standard input is no token');
  }
  return text.trim();
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}

function complain(error: unknown): number {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`patchsteward-agent: ${error.message}; ${error.whatToDo}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

process.exitCode = await main(process.argv.slice(2)).catch(complain);
