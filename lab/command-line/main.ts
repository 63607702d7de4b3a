// The lab's command line: what `npm run lab` starts.
import { takeDown } from '../down.ts';
import { hostPlans } from '../hosts/host-plan.ts';
import { LabHost } from '../hosts/lab-host.ts';
import { openLab } from '../lab.ts';
import { LabError } from '../lab-error.ts';
import { checkMachine } from '../machine/requirements.ts';
import { Place } from '../place.ts';
import { readState } from '../state.ts';
import { labStatus, needsCare } from '../status.ts';
import { HELP, type LabCommand, parseArguments } from './arguments.ts';
import { askConsent } from './consent.ts';
import { reportOf } from './report.ts';

const FAILED = 1;
const DISCREPANCIES = 3;

async function perform(command: LabCommand): Promise<number> {
  if (command.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  await checkMachine();
  switch (command.kind) {
    case 'up':
      return up(command);
    case 'down':
      return down(command);
    case 'status':
      return status(command.folder, command.json);
    case 'exec':
      return exec(command);
    case 'e2e':
      return tellStories(command);
    case 'first-hour':
      return followGuide(command);
    case 'faults':
      return strike(command);
  }
}

async function up(command: LabCommand & { kind: 'up' }): Promise<number> {
  const { folder, json, hosts, yes } = command;
  hostPlans(hosts);
  if (!yes) {
    const what = `the lab makes ${hosts} hosts with mounts, network namespaces and control groups, in ${folder}`;
    await askConsent(what, { input: process.stdin, output: process.stderr });
  }
  await openLab({ folder, hosts, say, signal: stopSignal() });
  return status(folder, json);
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stopping.abort(new LabError('ended early; what was made is gone', 'set it up again')));
  }
  return stopping.signal;
}

/** In JSON the answer alone goes to standard output, and what a person would read to standard error. */
async function tellStories({ folder, json, keep, yes }: LabCommand & { kind: 'e2e' }): Promise<number> {
  if (!yes) {
    const what = `the stories make four hosts with mounts, network namespaces and control groups, in ${folder}`;
    await askConsent(what, { input: process.stdin, output: process.stderr });
  }
  const { endToEnd } = await import('../e2e/run.ts');
  const out = json ? process.stderr : process.stdout;
  const tell = (line: string): void => void out.write(`${line}\n`);
  const { summary, transcript } = await endToEnd({ folder, keep, signal: stopSignal(), say: tell });
  if (json) process.stdout.write(`${JSON.stringify({ ...summary, steps: transcript.steps }, null, 2)}\n`);
  return summary.held ? 0 : FAILED;
}

async function followGuide({ folder, json, keep, yes }: LabCommand & { kind: 'first-hour' }): Promise<number> {
  if (!yes) {
    const what = `following the guide makes two hosts with mounts, network namespaces and control groups, in ${folder}`;
    const own = 'a server runs in it, with an agent that reads what this machine has installed';
    await askConsent(`${what}; ${own}`, { input: process.stdin, output: process.stderr });
  }
  const { firstHour, firstHourText } = await import('../first-hour/run.ts');
  const out = json ? process.stderr : process.stdout;
  const tell = (line: string): void => void out.write(`${line}\n`);
  const answer = await firstHour({ folder, keep, signal: stopSignal(), say: tell });
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : firstHourText(answer));
  return answer.held ? 0 : FAILED;
}

/** Other moments each time, unless somebody names the seed of a run that failed. */
const SEEDS = 1_000_000;

async function strike({ json, yes, fault, count, seed }: LabCommand & { kind: 'faults' }): Promise<number> {
  if (!yes) {
    const what = `${fault} makes hosts, servers or databases of its own in temporary folders, with mounts and namespaces`;
    await askConsent(what, { input: process.stdin, output: process.stderr });
  }
  const { runFault } = await import('../faults/run.ts');
  const { figuresText, proves } = await import('../faults/figures.ts');
  const wish = { count, seed: seed ?? Math.floor(Math.random() * SEEDS), say, signal: stopSignal() };
  say(`${fault}, ${count} times, seed ${wish.seed}`);
  const figures = await runFault(fault, wish);
  process.stdout.write(
    json ? `${JSON.stringify({ ...figures, held: proves(figures) }, null, 2)}\n` : figuresText(figures),
  );
  return proves(figures) ? 0 : FAILED;
}

async function down({ folder, json }: { folder: string; json: boolean }): Promise<number> {
  const place = await Place.of(folder);
  await takeDown(place);
  return status(folder, json);
}

async function status(folder: string, json: boolean): Promise<number> {
  const found = await labStatus(await Place.of(folder));
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : reportOf(found));
  return needsCare(found) ? DISCREPANCIES : 0;
}

async function exec({ folder, json, host: name, argv }: LabCommand & { kind: 'exec' }): Promise<number> {
  const place = await Place.of(folder);
  const hosts = (await readState(place))?.hosts ?? [];
  const plan = hosts.find((one) => one.name === name);
  if (plan === undefined) {
    const advice = hosts.length === 0 ? 'set the lab up first' : `there are ${hosts.map((one) => one.name).join(', ')}`;
    throw new LabError(`there is no host ${name} in ${folder}`, advice, { exitCode: 2 });
  }
  const host = new LabHost(place, plan);
  if (!json) return host.attach(argv);
  const ending = await host.exec(argv);
  process.stdout.write(`${JSON.stringify(ending, null, 2)}\n`);
  return ending.exitCode;
}

function say(line: string): void {
  process.stderr.write(`lab: ${line}\n`);
}

function presentError(error: unknown): number {
  if (!(error instanceof LabError)) throw error;
  say(`${error.message}; ${error.advice}`);
  return error.exitCode;
}

async function main(): Promise<number> {
  try {
    return await perform(parseArguments(process.argv.slice(2)));
  } catch (error) {
    return presentError(error);
  }
}

process.exitCode = await main();
