import { expect, test } from 'vitest';
import { parseSimulation } from './simulation.ts';

test('an upgrade, a new package, a foreign architecture and a removal', () => {
  const text = [
    'NOTE: This is only a simulation!',
    'Reading package lists...',
    'The following packages will be upgraded:',
    '  acme-web',
    'Inst acme-web [1.0] (1.1 Acme:stable [all])',
    'Inst libssl3:i386 [3.0.17-1~deb12u2] (3.0.18-1~deb12u1 Debian:12.13/stable, Debian-Security:12/stable-security [i386]) [openssl:amd64 ]',
    'Inst acme-new (1:2.0+dfsg-1 local-deb [amd64])',
    'Conf acme-web (1.1 Acme:stable [all])',
    'Remv acme-old [0.9]',
    'Remv acme-other:i386 [0.9] [acme-web:amd64 ]',
    'Purg acme-gone [1]',
    '',
  ].join('\n');

  expect(parseSimulation(text)).toEqual([
    { name: 'acme-web', architecture: 'all', from: '1.0', to: '1.1' },
    { name: 'libssl3', architecture: 'i386', from: '3.0.17-1~deb12u2', to: '3.0.18-1~deb12u1' },
    { name: 'acme-new', architecture: 'amd64', from: null, to: '1:2.0+dfsg-1' },
    { name: 'acme-old', architecture: null, from: '0.9', to: null },
    { name: 'acme-other', architecture: 'i386', from: '0.9', to: null },
    { name: 'acme-gone', architecture: null, from: '1', to: null },
  ]);
});

test.each(['', 'Instance of a word\n', '0 upgraded, 0 newly installed.\n', 'Inst broken line\n'])(
  '%j changes nothing',
  (text) => {
    expect(parseSimulation(text)).toEqual([]);
  },
);
