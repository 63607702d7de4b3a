import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../platform/testing/run.ts';

const SEVERE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

describe('cvss score', () => {
  it.each([
    ['version 3.1', SEVERE, `${SEVERE} 9.8`],
    ['ten', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', 'AV:N/AC:L/Au:N/C:C/I:C/A:C 10.0'],
    ['nothing', '', ''],
  ])('scores %s', async (_, stdin, stdout) => {
    const ending = await run(['cvss', 'score'], { stdin: `${stdin}${stdin === '' ? '' : '\n'}` });

    expect(ending).toEqual({ code: 0, stdout: stdout === '' ? '' : `${stdout}\n`, stderr: '' });
  });

  it('reads a file and prints every score with --json', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'vectors-')), 'vectors.txt');
    writeFileSync(path, `${SEVERE}/E:U/CR:L\r\n  (AV:L/AC:H/Au:M/C:N/I:N/A:C)\n`);

    const { code, stdout } = await run(['cvss', 'score', '--json', path]);

    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      {
        line: 1,
        vector: `${SEVERE}/E:U/CR:L`,
        version: '3.1',
        base: 9.8,
        threat: 9,
        environmental: 8.7,
        overall: 8.7,
        severity: 'high',
      },
      {
        line: 2,
        vector: '(AV:L/AC:H/Au:M/C:N/I:N/A:C)',
        version: '2.0',
        base: 3.7,
        threat: null,
        environmental: null,
        overall: 3.7,
        severity: 'low',
      },
    ]);
  });

  it.each([
    ['an empty line', '', 'its version is none of 2.0, 3.0, 3.1 and 4.0'],
    ['a version to come', 'CVSS:5.0/AV:N', 'its version is none of 2.0, 3.0, 3.1 and 4.0 ("CVSS:5.0")'],
    ['a metric too few', SEVERE.replace('/A:H', ''), 'this metric of the base group is missing ("A")'],
    ['a value of another version', SEVERE.replace('A:H', 'A:P'), 'the metric has no such value ("A:P")'],
  ])('stops at %s, having answered the lines before it', async (_, line, complaint) => {
    const ending = await run(['cvss', 'score'], { stdin: `${SEVERE}\n${line}\n${SEVERE}\n` });

    const stderr = `patchsteward: line 2 is not a CVSS vector: ${complaint}; correct that line\n`;
    expect(ending).toEqual({ code: 1, stdout: `${SEVERE} 9.8\n`, stderr });
  });

  it.each([
    ['a file that is not there', ['cvss', 'score', '/nowhere/vectors.txt'], 1, 'cannot read /nowhere/vectors.txt'],
    ['two files', ['cvss', 'score', 'a', 'b'], 2, 'too many arguments'],
  ])('refuses %s', async (_, argv, code, complaint) => {
    const ending = await run(argv);

    expect(ending.code).toBe(code);
    expect(ending.stderr).toContain(complaint);
  });
});

const data = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'cvss',
);

describe('cvss score on the vectors of the data', () => {
  it.skipIf(!existsSync(data))('scores every one', async () => {
    const files = readdirSync(data).filter((file) => file.endsWith('.tsv'));
    const vectors = files.flatMap((file) =>
      readFileSync(join(data, file), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t')[0] ?? ''),
    );

    const { code, stdout } = await run(['cvss', 'score'], { stdin: `${vectors.join('\n')}\n` });

    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.map((line) => line.replace(/ (10|[0-9])\.[0-9]$/, ''))).toEqual(vectors);
  });
});
