import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERRORS } from '@patchsteward/contract';
import { REASONS } from '@patchsteward/core/vocabulary';
import { describe, expect, it } from 'vitest';
import { withMap } from './map.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const page = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');

/** Rows of the first table of a page, cells trimmed, backticks taken off. */
function rows(text: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\|[-| ]+\|$/.test(line)) + 1;
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'));
  return lines.slice(start, end === -1 ? undefined : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`|`$/g, '')),
  );
}

const range = (prefix: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${from + index}`);

const CLAUSES = [
  'SC',
  ...range('R', 1, 4),
  ...['P1.1', 'P1.2', 'P2.1', 'P2.2', 'P3.1', 'P3.2', 'P4', 'P5.1', 'P5.2', 'P6.1', 'P6.2', 'P6.3', 'P7.1', 'P7.2'],
  ...range('S', 1, 3),
  ...range('C', 1, 3),
  'N1',
  ...range('c', 1, 25),
];

describe('docs that a test keeps true', () => {
  it('docs/sop.md names every clause once, and only paths that exist', () => {
    const table = rows(page('docs', 'sop.md'));

    expect(table.map(([clause]) => clause)).toEqual(CLAUSES);
    for (const [clause, , state, where = ''] of table) {
      const path = /\]\(\.\.\/([^)]+)\)/.exec(where)?.[1];
      expect(['works', 'partly', 'not yet'], `state of ${clause}`).toContain(state);
      expect(path === undefined, `${clause} has a path unless it is not yet`).toBe(state === 'not yet');
      if (path !== undefined) expect(existsSync(join(ROOT, path)), `${clause}: ${path}`).toBe(true);
    }
  });

  it('docs/errors.md equals the list of error codes', () => {
    const table = rows(page('docs', 'errors.md'));

    const documented = table.map(([code, status, , whatToDo]) => ({ code, status: Number(status), whatToDo }));
    const actual = Object.entries(ERRORS).map(([code, { status, whatToDo }]) => ({ code, status, whatToDo }));
    expect(documented).toEqual(actual);
    for (const [code, , when = ''] of table) expect(when.length, `${code} is explained`).toBeGreaterThan(10);
  });

  it('docs/reasons.md equals the list of reasons, with who can clear each', () => {
    const table = rows(page('docs', 'reasons.md'));

    const documented = table.map(([code, , clearedBy = '']) => [code, clearedBy.split(', ')]);
    expect(documented).toEqual(Object.entries(REASONS).map(([code, roles]) => [code, [...roles]]));
    for (const [code, means = ''] of table) expect(means.length, `${code} is explained`).toBeGreaterThan(10);
  });

  it('every reason and every error code is given by some code', () => {
    const said = readdirSync(join(ROOT, 'packages'), { recursive: true })
      .map(String)
      .filter((name) => /^[^/]+\/src\/.*\.tsx?$/.test(name) && !/\.(test|db|real|browser)\.|\/testing\//.test(name))
      .filter((name) => !/^(contract\/src\/(errors|routes)|core\/src\/vocabulary\/reason)/.test(name))
      .map((name) => page('packages', name))
      .join('\n');

    const silent = [...Object.keys(ERRORS), ...Object.keys(REASONS)].filter((code) => !said.includes(`'${code}'`));
    expect(silent).toEqual([]);
  });

  it('the map in ARCHITECTURE.md is the tree (npm run map)', () => {
    const architecture = page('ARCHITECTURE.md');

    expect(withMap(architecture)).toBe(architecture);
  });

  it('every relative link in the docs leads somewhere', () => {
    const pages = [
      ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
      ...readdirSync(join(ROOT, 'docs'), { recursive: true })
        .map(String)
        .filter((name) => name.endsWith('.md'))
        .map((name) => join('docs', name)),
    ];

    const dead = pages.flatMap((name) =>
      [...page(name).matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(name), target)))
        .map((target) => `${name} -> ${target}`),
    );
    expect(pages.length).toBeGreaterThan(5);
    expect(dead).toEqual([]);
  });

  it('README shows the two commands, and both exist', () => {
    const readme = page('README.md');
    const scripts = (JSON.parse(page('package.json')) as { scripts: Record<string, string> }).scripts;

    for (const [command, script] of [
      ['npm start', 'start'],
      ['npm test', 'test'],
    ] as const) {
      expect(readme).toContain(command);
      const file = /node (tools\/[\w.]+)/.exec(scripts[script] ?? '')?.[1] ?? 'none';
      expect(existsSync(join(ROOT, file)), `${command} runs ${file}`).toBe(true);
    }
  });
});
