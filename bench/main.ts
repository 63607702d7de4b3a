import { BenchError } from './bench-error.ts';
import { parseCommand } from './command.ts';

interface Asked {
  readonly only: readonly string[];
  readonly said: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What is measured, and how it is told: as JSON, or as a table. */
interface Bench {
  readonly summary: string;
  readonly run: (asked: Asked) => Promise<{ json: unknown; table: string }>;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  api: {
    summary: 'every list and search of the API on 20,000 assets with 400,000 findings; some minutes',
    run: async (asked) => {
      const [{ benchApi }, { tableOf }] = await Promise.all([import('./api/api.ts'), import('./api/table.ts')]);
      const figures = await benchApi(asked);
      return { json: figures, table: tableOf(figures) };
    },
  },
  checkin: {
    summary: 'what unchanged and changed reports of real hosts cost, over mutual TLS; a minute or two',
    run: async (asked) => {
      const { benchCheckIn } = await import('./checkin/check-in.ts');
      const { textOf: checkInText } = await import('./checkin/text.ts');
      const figures = await benchCheckIn(asked);
      return { json: figures, table: checkInText(figures) };
    },
  },
  report: {
    summary: 'how soon a change is seen among 20,000 assets, and how fast lists are written out; some minutes',
    run: async (asked) => {
      const { benchReport } = await import('./report/report.ts');
      const { textOf: reportText } = await import('./report/text.ts');
      const figures = await benchReport(asked);
      return { json: figures, table: reportText(figures) };
    },
  },
  import: {
    summary: 'a cold import of every feed there is data of, and the same files again; a minute',
    run: async (asked) => {
      const { benchImport } = await import('./import/import.ts');
      const { importTable } = await import('./import/table.ts');
      const figures = await benchImport(asked);
      return { json: figures, table: importTable(figures) };
    },
  },
  fleet: {
    summary: 'a fleet of 100,000 hosts in memory: judged anew, and asked who is affected; half a minute',
    run: async (asked) => {
      // Alone: what else benches load is no memory of a fleet.
      const { benchFleet, fleetTable } = await import('./fleet/fleet.ts');
      const figures = await benchFleet(asked);
      return { json: figures, table: fleetTable(figures) };
    },
  },
  exposure: {
    summary: 'who is affected of 100,000 assets, over HTTP, and how soon a new advisory is known; some minutes',
    run: async (asked) => {
      const { benchExposure } = await import('./exposure/exposure.ts');
      const { textOf: exposureText } = await import('./exposure/text.ts');
      const figures = await benchExposure(asked);
      return { json: figures, table: exposureText(figures) };
    },
  },
  debsecan: {
    summary: 'what judging 100,000 hosts costs beside what debsecan takes for each; a minute',
    run: async (asked) => {
      const { benchDebsecan } = await import('./debsecan/debsecan.ts');
      const { textOf: debsecanText } = await import('./debsecan/text.ts');
      const figures = await benchDebsecan(asked);
      return { json: figures, table: debsecanText(figures) };
    },
  },
  plan: {
    summary: 'a plan for 10,000 hosts from what they have answered; half an hour',
    run: async (asked) => {
      const [{ benchPlan }, { planText }] = await Promise.all([
        import('./rollout/plan.ts'),
        import('./rollout/text.ts'),
      ]);
      const figures = await benchPlan(asked);
      return { json: figures, table: planText(figures) };
    },
  },
  poll: {
    summary: '10,000 agents that ask at their own pace in a deployment, and a halt; half an hour',
    run: async (asked) => {
      const [{ benchPoll }, { pollText }] = await Promise.all([
        import('./rollout/poll.ts'),
        import('./rollout/text.ts'),
      ]);
      const figures = await benchPoll(asked);
      return { json: figures, table: pollText(figures) };
    },
  },
};

const HELP = `Usage: npm run bench -- <name> [--json] [--only <part>,...]

Measures on this machine, beside a limit or a peer of the same run. Progress is told on standard error.

${Object.entries(BENCHES)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

  --json   print the figures as JSON
  --only   measure these parts alone (of api: routes, as in asset.list,rule.list; of plan, poll: how many hosts)
  --help   print this help

Exit codes: 0 measured, also where a limit is missed; 1 not measured.
`;

async function main(argv: readonly string[]): Promise<void> {
  const command = parseCommand(argv, Object.keys(BENCHES));
  const bench = command.kind === 'run' ? BENCHES[command.name] : undefined;
  if (command.kind === 'help' || bench === undefined) {
    process.stdout.write(HELP);
    return;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new BenchError(`stopped by ${signal}`, 'start it again')));
  }
  const began = Date.now();
  const said = (line: string) =>
    process.stderr.write(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
  const { json, table } = await bench.run({ only: command.only, said, signal: stop.signal }).catch((error: unknown) => {
    // Whoever stops it from a terminal stops the server under it too: what that breaks is no news.
    throw stop.signal.aborted ? stop.signal.reason : error;
  });
  process.stdout.write(`${command.json ? JSON.stringify(json, null, 2) : table}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  // Anything but a BenchError is a bug: where it happened is what helps.
  const told = error instanceof BenchError ? `${error.message}; ${error.whatToDo}` : undefined;
  process.stderr.write(`bench: ${told ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 1;
}
