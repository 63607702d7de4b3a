import { describe, expect, it } from 'vitest';
import { BenchError } from './bench-error.ts';
import { parseCommand } from './command.ts';

describe('the command line of the benches', () => {
  it.each([
    [[], { kind: 'help' }],
    [['--help'], { kind: 'help' }],
    [['api', '-h'], { kind: 'help' }],
    [['api'], { kind: 'run', name: 'api', json: false, only: [] }],
    [['api', '--json'], { kind: 'run', name: 'api', json: true, only: [] }],
    [
      ['api', '--only', 'asset.list,rule.list'],
      { kind: 'run', name: 'api', json: false, only: ['asset.list', 'rule.list'] },
    ],
    [['--json', 'api'], { kind: 'run', name: 'api', json: true, only: [] }],
  ])('%j is understood', (argv, expected) => {
    expect(parseCommand(argv, ['api', 'other'])).toEqual(expected);
  });

  it.each([
    [['apis'], 'there are: api, other'],
    [['api', 'other'], 'run them one after the other'],
    [['api', '--fast'], 'see npm run bench -- --help'],
  ])('%j is refused, with what helps', (argv, whatToDo) => {
    expect(() => parseCommand(argv, ['api', 'other'])).toThrow(BenchError);
    expect(() => parseCommand(argv, ['api', 'other'])).toThrow(expect.objectContaining({ whatToDo }));
  });
});
