import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
let tree = '';

/** A copy of this tree whose workspace packages are the copy's own, so that what is planted there is what is checked. */
function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'patchsteward-checks-'));
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' });
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    cpSync(join(ROOT, file), join(copy, file), { recursive: true });
  }
  // Biome asks git which files to leave out.
  spawnSync('git', ['init', '-q'], { cwd: copy });
  mkdirSync(join(copy, 'node_modules', '@patchsteward'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name !== '@patchsteward') symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules', '@patchsteward', name));
    const own = join(ROOT, 'packages', name, 'node_modules');
    if (readdirSync(join(ROOT, 'packages', name)).includes('node_modules')) {
      symlinkSync(own, join(copy, 'packages', name, 'node_modules'));
    }
  }
  return copy;
}

function check(steps: string): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, [join(tree, 'tools', 'check.mjs'), '--only', steps], {
    cwd: tree,
    encoding: 'utf8',
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

const PLANTED = [
  {
    what: 'an import of a later room',
    step: 'imports',
    file: 'packages/core/src/1-identification/planted.ts',
    text: "export { DEFAULT_POLICY } from '../2-evaluation/index.ts';\n",
    says: 'core-1-identification-no-later-rooms',
  },
  {
    what: 'an import of Node in core',
    step: 'imports',
    file: 'packages/core/src/1-identification/planted-node.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
    says: 'core-no-node',
  },
  {
    what: 'a network in the part of the agent that is root',
    step: 'imports',
    file: 'packages/agent/src/runner/planted.ts',
    text: "import { request } from 'node:https';\nexport const planted = request;\n",
    says: 'runner-no-network',
  },
  {
    what: 'a room seen by a noun below it',
    step: 'imports',
    file: 'packages/core/src/plan/planted.ts',
    text: "export { CAMPAIGN_STATES } from '../campaign/index.ts';\n",
    says: 'core-nouns-below-the-rooms',
  },
  {
    what: 'an import of the server by the command line',
    step: 'imports',
    file: 'packages/cli/src/planted.ts',
    text: "export * from '@patchsteward/server';\n",
    says: 'floor-cli',
  },
  {
    what: 'an import of a library by the agent',
    step: 'imports',
    file: 'packages/agent/src/planted.ts',
    text: "import { z } from 'zod';\nexport const planted = z;\n",
    says: 'agent-no-npm',
  },
  {
    what: 'an import between two rooms of the server',
    step: 'imports',
    file: 'packages/server/src/2-evaluation/planted.ts',
    text: "export * from '../7-documentation/store.ts';\n",
    says: 'server-rooms-are-siblings',
  },
  {
    what: 'a floating promise',
    step: 'lint',
    file: 'packages/server/src/planted.ts',
    text: 'async function later(): Promise<void> {}\nexport function planted(): void {\n  later();\n}\n',
    says: 'no-floating-promises',
  },
  {
    what: 'a dead export',
    step: 'dead-code',
    file: 'packages/core/src/vocabulary/units.ts',
    text: '\nexport const nobodyNeedsThis = 1;\n',
    says: 'nobodyNeedsThis',
  },
  {
    what: 'a clock in core',
    step: 'format',
    file: 'packages/core/src/1-identification/planted.ts',
    text: 'export const planted = (): number => Date.now();\n',
    says: 'core has no clock',
  },
  {
    what: 'a wrong type',
    step: 'types-core',
    file: 'packages/core/src/1-identification/planted.ts',
    text: "export const planted: number = 'no';\n",
    says: 'TS2322',
  },
] as const;

describe('npm run check', () => {
  beforeAll(() => {
    tree = copyTree();
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  // That the tree as it is passes is the first thing `npm test` looks at; here each step must find what is planted.
  it.each(Object.entries(Object.groupBy(PLANTED, ({ step }) => step)))('%s: finds what is planted', (step, planted) => {
    for (const { file, text } of planted) appendFileSync(join(tree, file), text);

    const { status, output } = check(step);

    for (const { file } of planted) {
      const original = join(ROOT, file);
      if (existsSync(original)) cpSync(original, join(tree, file));
      else rmSync(join(tree, file));
    }
    for (const { what, says } of planted) expect(output, what).toContain(says);
    expect(status).toBe(1);
  });
});
