// `npm test`: set-up and every check that this machine can run. What could not run is named, counted, and said how to
// enable. `npm run test:real` is the tier that needs root on Debian or Ubuntu: it installs the packages it needs.
// `npm run test:soak` tells long stories (`kill -9` again and again on real hosts, the demo at other times); CI does not
// run it.
//   --strict    fail when anything was not run (what CI wants)
//   --setup     only install the system packages of tools/real-packages.txt, as root
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole, checkNode, fail, install, ROOT, runLoudly, runtime, say, seconds } from './setup.mjs';

const TIERS = {
  normal: ['unit', 'database', 'browser', 'checks'],
  real: ['real'],
  soak: ['soak'],
};

function systemPackages() {
  return readFileSync(join(ROOT, 'tools', 'real-packages.txt'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** Installs what the real tests drive; only in the tier that says so, and only as root on a Debian family system. */
function installSystemPackages() {
  if (process.getuid?.() !== 0)
    fail('the real tier needs root: run it as root on Debian or Ubuntu; `npm test` needs none');
  if (!existsSync('/usr/bin/apt-get')) fail('the real tier needs apt-get: run it on Debian or Ubuntu');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a placeholder of dpkg-query, not of JavaScript
  const format = '${db:Status-Abbrev}';
  const wanted = systemPackages().filter((name) => runSilently('dpkg-query', ['-W', '-f', format, name]) !== 'ii ');
  if (wanted.length === 0) return;

  say(`installing Debian packages: ${wanted.join(' ')} ...`);
  const started = Date.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  if (runLoudly('apt-get', [...quiet, 'update'], { env }) !== 0) fail('apt-get update failed, see above');
  const status = runLoudly('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...wanted], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) fail('apt-get install failed, see above');
  say(`Debian packages installed in ${seconds(started)}`);
}

function runSilently(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.status === 0 ? result.stdout : '';
}

/** Counts from vitest's own report, so that nobody has to trust the exit code alone. */
function readReport(path) {
  if (!existsSync(path)) return null;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ file: file.name.slice(ROOT.length + 1), ...test })),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length,
    brokenFiles: report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
      .length,
    notRun: tests.filter(({ status }) => status !== 'passed' && status !== 'failed'),
  };
}

function vitest(projects) {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  const report = join(ROOT, 'test-results', `vitest-${projects[0]}.json`);
  rmSync(report, { force: true });
  const status = runLoudly(runtime(), [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return { status, counts: readReport(report) };
}

function close(started, { status, counts }, strict) {
  if (counts === null) fail('the test runner ended without a report, see above');
  const { passed, failed, brokenFiles, notRun } = counts;
  if (notRun.length > 0) {
    say('\nnot run on this machine:');
    for (const test of notRun) say(`  ${test.file}: ${test.fullName}`);
    say('  to enable: `npm run test:real -- --setup` as root on Debian or Ubuntu installs what they need;');
    say('  PATCHSTEWARD_TEST_DATA names the folder with the real data (default ../shared/data)');
  }
  say(`\ntook ${seconds(started)}`);
  say(`${passed} passed, ${failed + brokenFiles} failed, ${notRun.length} skipped`);
  if (status !== 0 || failed + brokenFiles > 0) process.exit(1);
  if (passed === 0) fail('no test was run');
  if (strict && notRun.length > 0) fail(`${notRun.length} tests were not run, and --strict allows none`);
}

async function main() {
  const has = (flag) => process.argv.includes(flag);
  checkNode();
  const started = Date.now();
  if (has('--setup')) return installSystemPackages();

  const asked = has('--tier') ? process.argv[process.argv.indexOf('--tier') + 1] : 'normal';
  const tier = Object.keys(TIERS).find((name) => name === asked) ?? fail(`there is no tier ${asked}`);
  if (tier !== 'normal') installSystemPackages();
  await install('full');
  await buildConsole();
  if (tier === 'normal') {
    // The unit tests are counted below; here are the checks that are no tests.
    const steps = 'format,lint,types,types-core,types-console,imports,dead-code';
    if (runLoudly(runtime(), [join(ROOT, 'tools', 'check.mjs'), '--only', steps]) !== 0) process.exit(1);
  }
  close(started, vitest(TIERS[tier]), has('--strict') || process.env.CI === 'true');
}

await main();
