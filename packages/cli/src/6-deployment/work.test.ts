import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManualWork } from '@patchsteward/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { asset, at, idOf, reason, whole } from '../1-identification/testing/answers.ts';
import { asking } from '../1-identification/testing/asking.ts';
import { SUMMARY } from '../campaign/testing/campaign-answers.ts';

const { answering, ask, askJson, calls } = asking();
const folder = mkdtempSync(join(tmpdir(), 'work-'));
afterAll(() => rmSync(folder, { recursive: true }));
const FILE = join(folder, 'show-version.txt');
writeFileSync(FILE, 'Version 17.6.4');

const WORK: ManualWork = {
  ...{ job: `sha256:${'ab'.repeat(32)}`, plan: `sha256:${'cd'.repeat(32)}`, planKind: 'production', campaign: idOf(7) },
  ...{ title: 'cisco/catalyst-9300 17.6.4 by hand', assetId: idOf(1), asset: 'core-sw-1', wave: 1 },
  ...{ product: 'cisco/catalyst-9300', from: '17.3.4a', to: '17.6.4', person: 'ada' },
  ...{ intervals: [{ from: at(1), until: at(3) }], state: 'queued', underWay: false, unknownSince: null },
  items: [
    {
      step: 'install',
      text: 'install add 17.6.4',
      evidence: 'none',
      doneAt: at(-1),
      note: 'took 4 minutes',
      files: [],
    },
    { step: 'check', text: 'show version', evidence: 'file', doneAt: null, note: null, files: [] },
  ],
  missing: [{ item: 1, what: 'done' }],
};
const TAKEN: ManualWork = { ...WORK, state: 'installing', underWay: true };

describe('work', () => {
  it('is listed with who does it and how far it is', async () => {
    answering({ 'work.list': () => whole([WORK, { ...TAKEN, asset: 'core-sw-2' }]) });

    const { stdout } = await ask('work', 'list', '--person', 'ada');

    expect(stdout).toMatch(/^ASSET +PRODUCT +FROM +TO +BY +STATE +JOB\n/);
    expect(stdout).toMatch(/core-sw-1 .*17\.3\.4a +17\.6\.4 +ada +not taken +abababababab/);
    expect(stdout).toMatch(/core-sw-2 .*under way, 1 of 2/);
    expect(calls().at(-1)).toMatchObject({ query: { person: 'ada' } });
  });

  it('is shown with every word of its checklist', async () => {
    answering({ 'work.list': () => whole([WORK]) });

    const { stdout } = await ask('work', 'show', 'CORE-SW-1');

    expect(stdout).toContain('core-sw-1: cisco/catalyst-9300 17.3.4a -> 17.6.4, by ada\n');
    expect(stdout).toContain('  [x] 1 install: install add 17.6.4\n        took 4 minutes\n');
    expect(stdout).toContain('  [ ] 2 check: show version, wants a file\n');
  });

  it('is named without doubt, or not at all', async () => {
    answering({ 'work.list': () => whole([WORK, { ...WORK, job: `sha256:${'ef'.repeat(32)}` }]) });

    expect(await ask('work', 'show', 'core-sw-1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('efefefefefef'),
    });
    expect((await ask('work', 'show', 'efefefef')).code).toBe(0);
    expect(await ask('work', 'show', 'core-sw-9')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('work list'),
    });
  });

  it('is taken, or says why it may not begin', async () => {
    const waits = reason('window-not-open', 'The window of core-sw-1 is not open yet.');
    answering({ 'work.list': () => whole([WORK]), 'work.take': () => ({ kind: 'waiting', reasons: [waits] }) });
    expect(await ask('work', 'take', 'core-sw-1')).toMatchObject({ code: 3, stdout: `${waits.sentence}\n` });

    answering({ 'work.list': () => whole([WORK]), 'work.take': () => ({ kind: 'taken', work: TAKEN }) });
    expect(await askJson('work', 'take', 'core-sw-1')).toMatchObject({ code: 0, answer: { kind: 'taken' } });
  });

  it('takes files before the item is done', async () => {
    answering({ 'work.list': () => whole([TAKEN]), 'work.attach': () => TAKEN, 'work.item': () => TAKEN });

    expect((await ask('work', 'item', 'core-sw-1', '2', '--note', 'fine', '--file', FILE)).code).toBe(0);

    expect(calls().slice(-2)).toMatchObject([
      { id: 'work.attach', params: { item: 1 }, query: { name: 'show-version.txt' } },
      { id: 'work.item', params: { item: 1 }, body: { note: 'fine' } },
    ]);
  });

  it.each(['0', 'two', '1.5', '-1'])('has no item %s', async (number) => {
    expect((await ask('work', 'item', 'core-sw-1', '--', number)).code).toBe(2);
  });

  it('is reported done or failed', async () => {
    answering({ 'work.list': () => whole([TAKEN]), 'work.report': () => ({ ...WORK, state: 'succeeded' }) });

    const done = await ask('work', 'done', 'core-sw-1');
    expect(done.stdout).toContain('reported done');
    expect(done.stderr).toContain('next list');
    await ask('work', 'failed', 'core-sw-1', '--step', 'restart', '--why', 'it does not come back');
    expect(calls().at(-1)).toMatchObject({
      body: { outcome: 'failed', step: 'restart', why: 'it does not come back' },
    });
    expect((await ask('work', 'failed', 'core-sw-1', '--step', 'pray', '--why', 'x')).code).toBe(2);
  });
});

describe('campaign open-manual', () => {
  const checklist = (text: string): string => {
    const path = join(folder, 'checklist.txt');
    writeFileSync(path, text);
    return path;
  };

  it('reads the checklist and who works on what', async () => {
    answering({ 'asset.list': () => whole([asset({ name: 'core-sw-1' })]), 'campaign.open-manual': () => SUMMARY });
    const file = checklist(
      '# by the notes of the vendor\n\ninstall+note: install add 17.6.4\ncheck+file:  show version\n',
    );

    const { code, stdout } = await ask(
      'campaign',
      'open-manual',
      '--to',
      '17.6.4',
      '--checklist',
      file,
      '--asset',
      'core-sw-1=ada',
    );

    expect(code).toBe(0);
    expect(stdout).toContain(SUMMARY.id);
    expect(calls().at(-1)).toMatchObject({
      body: {
        to: '17.6.4',
        assets: [{ asset: idOf(1), person: 'ada' }],
        checklist: [
          { step: 'install', text: 'install add 17.6.4', evidence: 'note' },
          { step: 'check', text: 'show version', evidence: 'file' },
        ],
      },
    });
  });

  it.each([
    ['install the image', 'core-sw-1=ada', 'line 1 of the checklist'],
    ['install: x\ncheck+photo: y', 'core-sw-1=ada', 'line 2 of the checklist'],
    ['install: x', 'core-sw-1', 'does not say who does it'],
  ])('refuses %j for %s', async (text, named, problem) => {
    const { code, stderr } = await ask(
      'campaign',
      'open-manual',
      '--to',
      '2',
      '--checklist',
      checklist(text),
      '--asset',
      named,
    );

    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
  });
});
