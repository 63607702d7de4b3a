import { simulate } from './command/simulate.ts';

process.exitCode = await simulate(process.argv.slice(2), {
  say: (line) => void process.stdout.write(`${line}\n`),
  progress: (line) => void process.stderr.write(`${line}\n`),
});
