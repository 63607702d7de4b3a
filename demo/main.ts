import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { StartRefusal } from '../packages/server/src/platform/start-refusal.ts';
import { openDemo } from './demo.ts';
import { DemoError } from './demo-error.ts';
import { demoData, Place } from './house/place.ts';

const HELP = `npm start -- --demo [--data DIRECTORY] [--console ADDRESS] [--agents ADDRESS] [--fresh [--yes]]

Fills an instance of its own with 200 simulated hosts, invented people and a week of work, and lets you look at it,
sign in as anybody, and go on. A second start continues the same demo.

  --data DIRECTORY   where the demo lives (never where a real instance lives)
  --console ADDRESS  where the console answers, 127.0.0.1:8420
  --agents ADDRESS   where the simulated hosts come in, 127.0.0.1:8421
  --fresh            remove the demo that is there, and start over
  --yes              without asking
`;

function given() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { data: text, console: text, agents: text, 'log-level': text, fresh: flag, yes: flag, help: flag };
  return parseArgs({ options: { ...options, demo: flag } }).values;
}

async function main(): Promise<void> {
  const asked = given();
  if (asked.help) {
    process.stdout.write(HELP);
    return;
  }
  const began = Date.now();
  const place = new Place(demoData(asked.data));
  if (asked.fresh && !(await startOver(place, asked.yes))) return;
  const stop = new AbortController();
  const stopped = untilStopped(stop);
  const flags = { console: asked.console, agents: asked.agents, logLevel: asked['log-level'] };
  const demo = await openDemo({
    ...{ place, environment: {}, signal: stop.signal },
    flags: Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)),
    said: (line) => say(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`),
  });
  say(readyText(demo, place, Date.now() - began));
  process.send?.({ kind: 'ready', data: place.data, consoleUrl: demo.server.consoleUrl, demo: true });
  await stopped;
  await demo.close();
}

function readyText(demo: Awaited<ReturnType<typeof openDemo>>, place: Place, tookMs: number): string {
  const width = Math.max(...demo.people.map(({ login }) => login.length));
  return [
    '',
    `The demo is ready after ${(tookMs / 1000).toFixed(1)} s: ${demo.server.consoleUrl}`,
    `Everything in it is invented. It lives in ${place.data}; remove that folder and it is gone.`,
    '',
    'Sign in as any of these people:',
    ...demo.people.map(
      ({ login, name, roles, password }) => `  ${login.padEnd(width)}  ${password}  ${name} (${roles.join(', ')})`,
    ),
    '',
    `Their keys for the command line are in ${place.path('keys')}.`,
  ].join('\n');
}

async function startOver(place: Place, isSure: boolean): Promise<boolean> {
  if ((await place.mark()) === null) return true;
  if (!isSure && !(await confirmed(place))) {
    say('nothing was removed');
    return false;
  }
  await place.remove();
  return true;
}

async function confirmed(place: Place): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new DemoError('--fresh asks before it removes a demo, and nobody is there to answer', 'add --yes');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Remove the demo in ${place.data} and start over? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function untilStopped(stop: AbortController): Promise<void> {
  return new Promise((resolve) => {
    stop.signal.addEventListener('abort', () => resolve());
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main();
} catch (error) {
  // A refusal of the server in the middle of its own story is a fault of the demo: where it happened is what helps.
  const isRefusal = error instanceof DemoError || error instanceof StartRefusal;
  const told = isRefusal ? `${error.message}; ${error.whatToDo}` : null;
  process.stderr.write(
    `patchsteward: ${told ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exitCode = 1;
}
