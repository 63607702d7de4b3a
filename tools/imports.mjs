// Who imports whom, against .dependency-cruiser.cjs. A cruise that saw no module proves nothing, so it fails.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { ROOT } from './setup.mjs';

const { forbidden, options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');

process.chdir(ROOT);
const tsConfig = extractTSConfig(join(ROOT, 'tsconfig.json'));
const { output } = await cruise(['packages'], { ...options, ruleSet: { forbidden }, validate: true }, undefined, {
  tsConfig,
});

const seen = output.modules.filter((module) => /^packages\/[^/]+\/src\/.*\.tsx?$/.test(module.source)).length;
const sources = readdirSync(join(ROOT, 'packages'), { recursive: true, withFileTypes: true }).filter(
  (entry) =>
    entry.isFile() &&
    /\.tsx?$/.test(entry.name) &&
    /\/src(\/|$)/.test(entry.parentPath) &&
    !entry.parentPath.includes('node_modules'),
).length;
for (const { rule, from, to } of output.summary.violations) {
  const { comment } = forbidden.find(({ name }) => name === rule.name) ?? {};
  process.stdout.write(`${rule.name}: ${from} -> ${to}\n    ${comment ?? ''}\n`);
}
process.stdout.write(
  `${seen} of ${sources} source files looked at, ${output.summary.violations.length} imports against the rules\n`,
);
process.exit(output.summary.violations.length === 0 && seen > 0 && seen >= sources ? 0 : 1);
