import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyBody } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolicy } from './policy-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function file(content: string): Promise<string> {
  const path = join(directory, 'policy.json');
  await writeFile(path, content);
  return path;
}

const read = async (overlay: unknown) => readPolicy(await file(JSON.stringify(overlay)));

describe('the policy', () => {
  it("is the procedure's own where no file is named, and fits its own schema", async () => {
    expect(await readPolicy(undefined)).toEqual({
      policy: DEFAULT_POLICY,
      hash: sha256(canonicalJson(DEFAULT_POLICY)),
      file: null,
    });
    expect(PolicyBody.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
  });

  it('is the same with a file that changes nothing', async () => {
    const { policy, hash } = await read({});

    expect({ policy, hash }).toEqual({ policy: DEFAULT_POLICY, hash: (await readPolicy(undefined)).hash });
  });

  it('has what a file names, and the rest as it was; assessments keep their version', async () => {
    const {
      policy,
      hash,
      file: from,
    } = await read({
      lanes: { critical: { noticeMs: 0, approvals: { low: { seats: [['owner'], ['security']] } } } },
      schedule: { guardMs: 0 },
    });

    const { critical } = DEFAULT_POLICY.lanes;
    const low = { ...critical.approvals.low, seats: [['owner'], ['security']] };
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      lanes: {
        ...DEFAULT_POLICY.lanes,
        critical: { ...critical, noticeMs: 0, approvals: { ...critical.approvals, low } },
      },
      schedule: { ...DEFAULT_POLICY.schedule, guardMs: 0 },
    });
    expect(hash).not.toBe((await readPolicy(undefined)).hash);
    expect(from).toBe(join(directory, 'policy.json'));
  });

  it('has another version with other figures of step 2, so that assessments are made again', async () => {
    const version = async (overlay: unknown) => (await read(overlay)).policy.version;
    const stricter = await version({ critical: { cvssMin: 8 } });

    expect(stricter).toMatch(/^sop-3\+[0-9a-f]{8}$/);
    expect(await version({ critical: { cvssMin: 7 } })).not.toBe(stricter);
    expect(await version({ version: 'acme-2', critical: { cvssMin: 8 } })).toBe(stricter.replace('sop-3', 'acme-2'));
    expect(await version({ version: 'acme-2' })).toBe('acme-2');
  });

  it.each([
    ['{', /JSON/],
    ['[]', /^The policy file .*policy\.json is wrong: it: /],
    ['{"lanes":{"critcal":{}}}', /: lanes: Unrecognized key: "critcal"/],
    ['{"lanes":{"critical":{"notice":0}}}', /: lanes\.critical: Unrecognized key: "notice"/],
    ['{"lanes":{"critical":{"noticeMs":-1}}}', /: lanes\.critical\.noticeMs: /],
    ['{"lanes":{"critical":{"noticeMs":"4h"}}}', /: lanes\.critical\.noticeMs: /],
    ['{"lanes":{"critical":{"noticeMs":99999999999}}}', /: lanes\.critical\.noticeMs: /],
    ['{"lanes":{"critical":{"noticeMs":null}}}', /: lanes\.critical\.noticeMs: /],
    ['{"lanes":{"critical":7}}', /: lanes\.critical: /],
    ['{"lanes":{"routine":{"approvals":{"low":{"seats":[]}}}}}', /: lanes\.routine\.approvals\.low\.seats: /],
    [
      '{"lanes":{"routine":{"approvals":{"low":{"seats":[["root"]]}}}}}',
      /: lanes\.routine\.approvals\.low\.seats\.0\.0: /,
    ],
    ['{"lanes":{"routine":{"waveShareMax":0}}}', /: lanes\.routine\.waveShareMax: /],
    ['{"__proto__":{"version":"x"}}', /Unrecognized key: "__proto__"/],
    ['{"version":"With spaces"}', /: version: /],
  ])('is refused at the start where the file is %s', async (content, complaint) => {
    const path = await file(content);

    await expect(readPolicy(path)).rejects.toMatchObject({
      code: 'setting-wrong',
      message: expect.stringMatching(complaint),
      whatToDo: expect.stringContaining('patchsteward policy show --json'),
    });
  });

  it('is refused where the file cannot be read', async () => {
    const missing = join(directory, 'missing.json');

    await expect(readPolicy(missing)).rejects.toMatchObject({
      code: 'setting-wrong',
      message: expect.stringContaining(missing),
    });
  });
});
