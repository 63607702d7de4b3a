import { describe, expect, it } from 'vitest';
import { LabError } from '../lab-error.ts';
import { DEFAULT_FOLDER } from '../place.ts';
import { parseArguments } from './arguments.ts';

const settings = { folder: DEFAULT_FOLDER, json: false };

describe('the command line', () => {
  it.each([
    [[], { kind: 'help' }],
    [['up', '--help'], { kind: 'help' }],
    [['up'], { ...settings, kind: 'up', yes: false, hosts: 4 }],
    [
      ['up', '--yes', '--hosts', '6', '--dir', '/x', '--json'],
      { kind: 'up', folder: '/x', json: true, yes: true, hosts: 6 },
    ],
    [['down', '--dir=/x'], { ...settings, kind: 'down', folder: '/x' }],
    [['e2e'], { ...settings, kind: 'e2e', yes: false, keep: false }],
    [['e2e', '--yes', '--keep', '--json'], { ...settings, json: true, kind: 'e2e', yes: true, keep: true }],
    [['first-hour', '--yes'], { ...settings, kind: 'first-hour', yes: true, keep: false }],
    [
      ['faults', '--kind', 'apt-dpkg'],
      { ...settings, kind: 'faults', yes: false, fault: 'apt-dpkg', count: 20, seed: null },
    ],
    [
      ['faults', '--kind=server-database', '--count', '500', '--seed', '7', '--yes', '--json'],
      { ...settings, json: true, kind: 'faults', yes: true, fault: 'server-database', count: 500, seed: 7 },
    ],
    [['status', '--json'], { ...settings, kind: 'status', json: true }],
    [['exec', 'low-1', '--', 'ls', '--', '-l'], { ...settings, kind: 'exec', host: 'low-1', argv: ['ls', '--', '-l'] }],
    [
      ['--json', 'exec', 'low-1', '--', 'true', '--help'],
      { ...settings, json: true, kind: 'exec', host: 'low-1', argv: ['true', '--help'] },
    ],
  ])('%j is understood', (argv, command) => {
    expect(parseArguments(argv)).toEqual(command);
  });

  it.each([
    [['frobnicate']],
    [['up', '--frobnicate']],
    [['up', 'low-1']],
    [['down', '--', 'x']],
    [['e2e', 'low-1']],
    [['first-hour', 'low-1']],
    [['faults']],
    [['faults', '--kind', 'earthquake']],
    [['faults', '--kind', 'apt-dpkg', '--count', '0']],
    [['faults', '--kind', 'apt-dpkg', '--count', '1.5']],
    [['faults', '--kind', 'apt-dpkg', '--seed', '-1']],
    [['exec']],
    [['exec', 'low-1']],
    [['exec', 'low-1', '--']],
    [['exec', 'low-1', 'low-2', '--', 'ls']],
    [['up', '--dir']],
  ])('%j is refused as wrong usage', (argv) => {
    expect(() => parseArguments(argv)).toThrow(LabError);
    expect(() => parseArguments(argv)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
