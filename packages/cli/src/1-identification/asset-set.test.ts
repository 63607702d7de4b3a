import type { Asset } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { FakeRefusal } from '../platform/testing/fake-server.ts';
import { asset, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

/** The asset before, and what the server makes of it. */
function becoming(after: Partial<Asset>): void {
  answering({ 'asset.show': () => asset(), 'asset.change': () => asset({ version: 8, ...after }) });
}

const sent = () => calls().find(({ id }) => id === 'asset.change')?.body;

describe('asset set', () => {
  it('changes what is named, on top of what was seen, and shows both', async () => {
    becoming({ criticality: 'low', owner: null, tags: ['a', 'b'] });

    const { code, stdout } = await ask(
      'asset',
      'set',
      idOf(1),
      '--criticality',
      'low',
      '--no-owner',
      '--tag',
      'b',
      '--tag',
      'a',
    );

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `web-1.example.org  ${idOf(1)}`,
      '  criticality   high -> low',
      '  owner         Team Web -> -',
      '  tags          pci, shop -> a, b',
      '',
    ]);
    expect(sent()).toEqual({ version: 7, criticality: 'low', owner: null, tags: ['b', 'a'] });
  });

  it.each([
    [['--name', ' web-2 '], { name: 'web-2' }],
    [['--kind', 'network-appliance'], { kind: 'network-appliance' }],
    [['--exposure', 'isolated'], { exposure: 'isolated' }],
    [['--environment', 'non-production'], { environment: 'non-production' }],
    [['--owner', 'Ada', '--role', 'mail'], { owner: 'Ada', role: 'mail' }],
    [['--no-role', '--no-tag'], { role: null, tags: [] }],
    [['--no-tag', '--tag', 'x'], { tags: ['x'] }],
    [['--maintenance-group', 'sunday'], { maintenanceGroup: 'sunday' }],
    [['--no-maintenance-group', '--no-redundancy-group'], { maintenanceGroup: null, redundancyGroups: [] }],
    [['--redundancy-group', 'a', '--redundancy-group', 'b'], { redundancyGroups: ['a', 'b'] }],
    [['--ring'], { ring: true }],
    [['--no-ring'], { ring: false }],
  ])('%j', async (argv, expected) => {
    becoming({});

    expect((await ask('asset', 'set', idOf(1), ...argv)).code).toBe(0);
    expect(sent()).toEqual({ version: 7, ...expected });
  });

  it('says where nothing was changed', async () => {
    becoming({});

    const { code, stdout } = await ask('asset', 'set', idOf(1), '--criticality', 'high');

    expect([code, stdout]).toEqual([
      0,
      `web-1.example.org  ${idOf(1)}\n  It is like that already; nothing was changed.\n`,
    ]);
  });

  it('prints the asset as the API has it now', async () => {
    becoming({ criticality: 'low' });

    expect(await askJson('asset', 'set', idOf(1), '--criticality', 'low')).toEqual({
      code: 0,
      stderr: '',
      answer: asset({ version: 8, criticality: 'low' }),
    });
  });

  it('overwrites nobody', async () => {
    answering({
      'asset.show': () => asset(),
      'asset.change': () => {
        throw new FakeRefusal('conflict', 'The asset is at version 8, the change was made for version 7.');
      },
    });

    expect(await ask('asset', 'set', idOf(1), '--criticality', 'low')).toEqual({
      code: 1,
      stdout: '',
      stderr: `patchsteward: somebody else changed this asset at the same moment, so nothing was changed here; look at it with "patchsteward asset show ${idOf(1)}" and set it again\n`,
    });
  });

  it('hands on why the server does not want it', async () => {
    answering({
      'asset.show': () => asset(),
      'asset.change': () => {
        throw new FakeRefusal('bad-request', 'The body of the request does not fit.', [
          { path: 'body.owner', problem: 'too long' },
        ]);
      },
    });

    const { code, stderr } = await ask('asset', 'set', idOf(1), '--owner', 'x');

    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('does not fit; body.owner: too long; correct the fields'),
    ]);
  });

  it.each([
    [[], 'nothing to change is named'],
    [['--owner', ''], '--owner is empty; give a text, or --no-owner to take it away'],
    [['--tag', ' '], '--tag is empty; give a text, or --no-tag to take it away'],
    [['--redundancy-group', ''], '--redundancy-group is empty; give a text, or --no-redundancy-group to take it away'],
    [['--name', ''], '--name is empty; give a name'],
    [['--criticality', 'huge'], "argument 'huge' is invalid. Allowed choices are low, normal, high, critical"],
    [['--exposure', 'none'], 'Allowed choices are public, internal, isolated, unknown'],
    [['--kind', 'toaster'], 'Allowed choices are server, workstation, network-appliance, application'],
    [['--environment', 'test'], 'Allowed choices are production, non-production, unknown'],
  ])('%j is wrong usage', async (argv, expected) => {
    const { code, stdout, stderr } = await ask('asset', 'set', idOf(1), ...argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(expected);
    expect(calls()).toEqual([]);
  });
});
