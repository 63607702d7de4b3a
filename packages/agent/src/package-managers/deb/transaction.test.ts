import { expect, test } from 'vitest';
import { installCommands, repairCommands } from './transaction.ts';

const FILES = {
  files: ['/kept/a.deb', '/kept/b.deb'],
  beside: [],
  configurationDirectory: '/own',
  removed: ['acme-new', 'acme-x:i386'],
};
const CONFFILES = ['--force-confdef', '--force-confold'];

test('the first try is one call of apt with the kept files alone', () => {
  expect(installCommands(FILES)).toEqual([
    {
      tool: 'apt-get',
      argv: ['install', '--yes', '--allow-downgrades', '/kept/a.deb', '/kept/b.deb', 'acme-new-', 'acme-x:i386-'],
    },
  ]);
});

test('a repair installs the exact set between two configurations, and where one failed the next goes without apt', () => {
  const configure = { tool: 'dpkg', argv: [...CONFFILES, '--configure', '--pending'] };

  expect(repairCommands(FILES, false)).toEqual([configure, ...installCommands(FILES), configure]);
  expect(repairCommands(FILES, true)).toEqual([
    configure,
    { tool: 'dpkg', argv: [...CONFFILES, '--install', '/kept/a.deb', '/kept/b.deb'] },
    { tool: 'dpkg', argv: ['--remove', 'acme-new', 'acme-x:i386'] },
    configure,
  ]);
});
