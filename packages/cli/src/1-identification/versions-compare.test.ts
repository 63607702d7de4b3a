import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailingStream, run } from '../platform/testing/run.ts';

function of(ecosystem: string): string[] {
  return ['versions', 'compare', '--ecosystem', ecosystem];
}

const deb = of('deb');
const rpm = of('rpm');

describe('versions compare', () => {
  it.each([
    ['deb', deb, '1.0~rc1 1.0\n1.0 1.0-0\n2:1 9\n', '<\n=\n>\n'],
    ['rpm', rpm, '1.0^git1 1.0.1\n2_0 2.0\n1-1 1\n', '<\n=\n>\n'],
    ['apk', of('apk'), '1.2_rc1-r0 1.2-r0\n1.2-r01 1.2-r1\n1.2_p1 1.2\n', '<\n=\n>\n'],
    ['another name of an order, in any case', of('PyPI'), '1.0.dev1 1.0a1\n1.0 1.0.0\n1.0.post1 1.0\n', '<\n=\n>\n'],
    ['vendor versions', of('loose'), '10.2.3-h4 10.2.4\n7.0 7.0.0\n17.3.4a 17.3.4\n', '<\n=\n>\n'],
    ['a last line without a line feed', deb, '1 2\n2 1', '<\n>\n'],
    ['lines of Windows', deb, '1 2\r\n2 1\r\n', '<\n>\n'],
    ['tabs, and spaces around', deb, ' 1\t2 \n2   1\n', '<\n>\n'],
    ['nothing', deb, '', ''],
    ['versions of the greatest length', deb, `${'1'.repeat(1_000)} ${'2'.repeat(1_000)}\n`, '<\n'],
  ])('answers %s', async (_, argv, stdin, stdout) => {
    const ending = await run(argv, { stdin });

    expect(ending).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('reads lines that arrive in pieces', async () => {
    const { stdout } = await run(rpm, {
      stdin: ['1.1.', Buffer.from([0xce]), Buffer.from([0xb1]), ' 1', '.2\n2', ' 1'],
    });

    expect(stdout).toBe('<\n>\n');
  });

  it('prints an object per line with --json, wherever the option stands', async () => {
    const stdin = '1 2\n2 2\n';
    const expected = '{"line":1,"a":"1","order":"<","b":"2"}\n{"line":2,"a":"2","order":"=","b":"2"}\n';

    expect((await run([...deb, '--json'], { stdin })).stdout).toBe(expected);
    expect((await run(['--json', ...deb], { stdin })).stdout).toBe(expected);
  });

  it.each([
    ['one version', '1 2\n1\n', 'line 2 is not two versions; write "A B" on each line, and only that'],
    ['three', '1 2\n1 2 3\n', 'line 2 is not two versions; write "A B" on each line, and only that'],
    ['an empty line', '1 2\n\n1 2\n', 'line 2 is not two versions; write "A B" on each line, and only that'],
    [
      'an invalid version',
      '1 2\n1 1_0\n',
      'line 2: "1_0" is not a valid deb version: it holds a character that no such version has; correct that line',
    ],
    [
      'a steering version',
      '1 2\n\u001b[2J 1\n',
      'line 2: "\ufffd[2J" is not a valid deb version: it holds a character that no such version has; correct that line',
    ],
    [
      'an endless line',
      `1 2\n${'1'.repeat(5_000)}`,
      'line 2 is longer than 4096 bytes; check that this is the right input',
    ],
  ])('stops at %s, having answered the lines before it', async (_, stdin, complaint) => {
    const ending = await run(deb, { stdin });

    expect(ending).toEqual({ code: 1, stdout: '<\n', stderr: `patchsteward: ${complaint}\n` });
  });

  it('stops at a line that is not UTF-8', async () => {
    const ending = await run(deb, { stdin: ['1 2\n1 ', Uint8Array.of(0xff), '\n'] });

    const complaint = 'line 2 is not UTF-8 text; convert the input to UTF-8';
    expect(ending).toEqual({ code: 1, stdout: '<\n', stderr: `patchsteward: ${complaint}\n` });
  });

  it.each([
    [['versions', 'compare'], 'required option'],
    [['versions', 'compare', '--ecosystem', 'conda'], 'Allowed choices are deb, rpm, apk, semver'],
    [[...deb, '1.0', '1.1'], 'too many arguments'],
  ])('calls %j wrong usage', async (argv, complaint) => {
    const { code, stdout, stderr } = await run(argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(complaint);
  });

  it('says nothing when its reader has gone', async () => {
    const ending = await run(deb, { stdin: '1 2\n', stdout: new FailingStream('EPIPE') });

    expect(ending).toEqual({ code: 1, stdout: '', stderr: '' });
  });

  it('says so when the disk under its output is full', async () => {
    const { code, stderr } = await run(deb, { stdin: '1 2\n', stdout: new FailingStream('ENOSPC') });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^patchsteward: cannot write the answer: no space is left .*; free some space/);
  });
});

const data = resolve(
  import.meta.dirname,
  '../../../..',
  process.env['PATCHSTEWARD_TEST_DATA'] ?? '../shared/data',
  'versions',
);

describe('versions compare on the fixtures', () => {
  it.skipIf(!existsSync(data)).each([
    ['deb', ['debian.txt', 'debian-generated.txt']],
    ['rpm', ['redhat.txt']],
    ['apk', ['alpine.txt', 'alpine-generated.txt']],
    ['semver', ['semver.txt']],
    ['pypi', ['pypi.txt', 'pypi-generated.txt']],
    ['maven', ['maven.txt', 'maven-generated.txt']],
    ['gem', ['rubygems.txt', 'rubygems-generated.txt']],
    ['composer', ['packagist.txt', 'packagist-generated.txt']],
    ['nuget', ['nuget.txt']],
    ['pub', ['pub.txt']],
    ['cran', ['cran.txt', 'cran-generated.txt']],
    ['hackage', ['hackage.txt']],
  ])('answers every line of %s', async (ecosystem, files) => {
    const lines = files.flatMap((file) => readFileSync(join(data, file), 'utf8').trimEnd().split('\n'));
    const stdin = lines.map((line) => `${line.replace(/ [<=>] /, ' ')}\n`).join('');
    const expected = lines.map((line) => line.split(' ')[1]);

    const { code, stdout } = await run(of(ecosystem), { stdin });

    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual(expected);
  });
});
