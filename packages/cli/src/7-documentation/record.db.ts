import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordState } from '@patchsteward/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inventory } from '../../../server/src/1-identification/testing/inventories.ts';
import { describeWithDatabase } from '../../../server/src/platform/testing/database.ts';
import { RealServer } from '../platform/testing/real-server.ts';
import { run } from '../platform/testing/run.ts';

describeWithDatabase('the record of a real server', () => {
  let server: RealServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchsteward-record-'));
    server = await RealServer.start();
    const { answer } = await server.askJson('enrollment-token', 'create');
    await server.report((answer as { token: string }).token, inventory());
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const at = (name: string) => join(folder, name);
  const verify = (...argv: readonly string[]) => run(['record', 'verify', ...argv]);

  it('is listed, exported and verified, with the key that the server shows and a checkpoint kept earlier', async () => {
    const { code, stdout } = await server.ask('record', 'export', '--output', at('whole.jsonl'));
    expect([code, stdout]).toEqual([0, expect.stringMatching(/whole\.jsonl: [\d,]+ bytes; check it with/)]);
    const state = RecordState.parse((await server.askJson('record', 'show')).answer);
    await writeFile(at('checkpoint'), state.checkpoint?.note ?? '');

    const pinned = ['--key', state.key, '--checkpoint', at('checkpoint')];
    const verdict = await verify(at('whole.jsonl'), ...pinned);

    expect(verdict).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^Nothing was changed\. \d+ entries/),
    });
    expect((await server.ask('record', 'list')).stdout).toMatch(/ENTRY\s+WHEN\s+WHAT[\s\S]*asset\.enrolled/);
    expect((await stat(at('whole.jsonl'))).mode & 0o077).toBe(0);
  });

  it('with one byte changed is refused, and the entry is named', async () => {
    await server.ask('record', 'export', '--output', at('bytes.jsonl'));
    const text = await readFile(at('bytes.jsonl'), 'utf8');
    await writeFile(at('changed.jsonl'), text.replace('"actor":"local"', '"actor":"locak"'));

    const { code, stdout } = await verify(at('changed.jsonl'));
    const json = await verify(at('changed.jsonl'), '--json');

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^The record was changed: \d+ faults\.[\s\S]*entry 0 \([a-z.-]+ on [^)]+\): Its content does not/,
    );
    expect(JSON.parse(json.stdout)).toMatchObject({ faults: [{ code: 'entry-changed', line: 2 }, {}, {}] });
  });

  it.each([
    ['a file that is not there', ['nowhere.jsonl'], 1, 'there is no such file'],
    ['a checkpoint that is none', ['whole.jsonl', '--checkpoint', 'whole.jsonl'], 2, 'is no checkpoint'],
    ['a key of somebody else', ['whole.jsonl', '--key', Buffer.alloc(32, 1).toString('base64')], 1, undefined],
  ])('%s', async (_, [file = '', flag, value], expected, complaint) => {
    const other = flag === '--checkpoint' ? at(value ?? '') : (value ?? '');

    const { code, stderr, stdout } = await verify(at(file), ...(flag === undefined ? [] : [flag, other]));

    expect(code).toBe(expected);
    expect(complaint === undefined ? stdout : stderr).toContain(complaint ?? '(key-unexpected)');
  });

  it('does not overwrite a file', async () => {
    await writeFile(at('mine'), 'mine');

    const { code, stderr } = await server.ask('record', 'export', '--output', at('mine'));

    expect([code, stderr]).toEqual([1, expect.stringContaining(`cannot write ${at('mine')}`)]);
    expect(await readFile(at('mine'), 'utf8')).toBe('mine');
  });

  it('that is empty of a subject says so', async () => {
    expect((await server.ask('record', 'list', '--subject', 'nobody')).stdout).toBe('No entry fits.\n');
  });
});
