// `npm run check`: everything that can be known without a database, a browser or root. Under 90 seconds on two cores.
// `--only lint,imports` runs just those.
import { join } from 'node:path';
import { checkNode, fail, install, ROOT, runQuietly, runtime, say, seconds } from './setup.mjs';

const bin = (name) => join(ROOT, 'node_modules', '.bin', name);
const module = (...path) => join(ROOT, 'node_modules', ...path);

const STEPS = {
  format: () => [runtime(), [module('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']],
  lint: () => [
    runtime(),
    [module('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '-c', '.oxlintrc.json'],
  ],
  types: () => [bin('tsc'), ['-p', 'tsconfig.json']],
  'types-core': () => [bin('tsc'), ['-p', 'packages/core/tsconfig.json']],
  'types-console': () => [bin('tsc'), ['-p', 'packages/console/tsconfig.test.json']],
  imports: () => [runtime(), [join(ROOT, 'tools', 'imports.mjs')]],
  'dead-code': () => [runtime(), [module('knip', 'bin', 'knip.js'), '--no-progress']],
  tests: () => [runtime(), [module('vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--reporter', 'dot']],
};

/** Two at a time: the machine that this must be fast on has two cores. */
const PARALLEL_MAX = 2;

async function runStep(name) {
  const [command, args] = STEPS[name]();
  const started = Date.now();
  const { code, output } = await runQuietly(command, args);
  say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(14)} ${seconds(started)}`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return code === 0;
}

async function main() {
  checkNode();
  const only = process.argv.indexOf('--only');
  const names = only === -1 ? Object.keys(STEPS) : (process.argv[only + 1] ?? '').split(',');
  for (const name of names)
    if (!(name in STEPS)) fail(`no check is named "${name}"; there are ${Object.keys(STEPS).join(', ')}`);
  await install('full');

  const started = Date.now();
  const queue = [...names];
  const failed = [];
  const worker = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      if (!(await runStep(name))) failed.push(name);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_MAX }, worker));
  if (failed.length > 0) fail(`check failed: ${failed.join(', ')}`);
  say(`check passed in ${seconds(started)}`);
}

await main();
