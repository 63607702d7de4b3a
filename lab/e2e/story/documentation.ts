import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetFindings, DeploymentReportBody } from '@patchsteward/contract';
import type { RecordVerdict } from '@patchsteward/trust/record';
import { VULNERABILITY } from './identification.ts';
import { PRODUCTION, type Story } from './story.ts';

const ROOM = '7-documentation';
const AUDITED_MS_MAX = 120_000;
const COMPLETED_MS_MAX = 60_000;
const CHANGED = 1;

export async function document(story: Story): Promise<void> {
  await audit(story);
  await report(story);
  await prove(story);
}

function audit(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(ROOM, 'after the soak the hosts are scanned again, and two people sign the audit', async () => {
    await world.until(campaign, ['audited'], AUDITED_MS_MAX);
    for (const host of PRODUCTION) {
      const argv = ['finding', 'list', '--asset', world.assetOf(host)];
      const { items } = await world.as('sam').asks<AssetFindings>(argv, { exit: [0, 3] });
      const left = items.filter(({ vulnerability }) => vulnerability === VULNERABILITY).length;
      transcript.equal(`${host} is not affected by ${VULNERABILITY} any more`, left, 0);
    }
    await world.as('ian').signs(['audit', campaign]);
    await world.as('sam').signs(['audit', campaign]);
    await world.until(campaign, ['completed'], COMPLETED_MS_MAX);
  });
}

function report(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(ROOM, 'what was done, when, where, by whom, with what outcome', async () => {
    const told = await world.as('ana').asks<DeploymentReportBody>(['campaign', 'report', campaign]);
    await world.as('ana').does(['campaign', 'report', campaign, '--html', join(world.output, 'report.html')]);
    await writeFile(join(world.output, 'report.json'), JSON.stringify(told, null, 2));
    for (const { asset, outcome, changes, outages } of told.hosts) {
      const moved = changes.map(({ name, before, after }) => `${name} ${before} -> ${after}`).join(', ');
      const down = outages.map(({ unit, seconds }) => `${unit} was down ${seconds} s`).join(', ');
      transcript.see(`${asset}: ${outcome}; ${moved}; ${down === '' ? 'no outage' : down}`);
    }
    for (const act of told.acts) transcript.see(`${act.at} ${act.person} (${act.roles.join(', ')}): ${act.act}`);
    transcript.equal('production hosts that succeeded', told.totals.succeeded, PRODUCTION.length);
    transcript.equal('it was not late', told.late, false);
  });
}

function prove(story: Story): Promise<void> {
  const { world } = story;
  const { transcript } = world;
  return story.step(ROOM, 'the record is exported and proved offline; one changed byte is found', async () => {
    const file = join(world.output, 'record.jsonl');
    const { key } = await world.as('ana').asks<{ key: string }>(['record', 'show']);
    await world.as('ana').does(['record', 'export', '--output', file]);
    const whole = await world.as('ana').asks<RecordVerdict>(['record', 'verify', file, '--key', key]);
    transcript.see(`${whole.entries} entries, ${whole.checkpoints} checkpoints, ${whole.rows} rows, no fault`);
    transcript.equal('nothing was changed', whole.faultCount, 0);
    transcript.holds('the campaign is sealed in it', whole.campaigns > 0 && whole.rows > 0, whole);

    const forged = join(world.output, 'record-forged.jsonl');
    const { bytes, index } = withChangedByte(await readFile(file), 'approval.signed');
    await writeFile(forged, bytes);
    const broken = await world
      .as('ana')
      .asks<RecordVerdict>(['record', 'verify', forged, '--key', key], { exit: CHANGED });
    for (const fault of broken.faults.slice(0, 3)) transcript.see(`${fault.where}: ${fault.text} (${fault.code})`);
    const named = broken.faults.some(({ where }) => new RegExp(`\\b${index}\\b`).test(where));
    transcript.holds(`entry ${index} is named`, named, broken.faults);
  });
}

/** Somebody else's name under an approval: one byte of the first entry of that kind. */
function withChangedByte(record: Buffer, kind: string): { readonly bytes: Buffer; readonly index: number } {
  const bytes = Buffer.from(record);
  let start = 0;
  for (const line of record.toString('latin1').split('\n')) {
    const at = line.includes(`"kind":"${kind}"`) && line.includes('"line":"entry"') ? line.indexOf('"person":"') : -1;
    if (at !== -1) {
      const byte = start + at + '"person":"'.length;
      bytes[byte] = (bytes[byte] ?? 0) ^ 1;
      return { bytes, index: Number(/"index":(\d+)/.exec(line)?.[1]) };
    }
    start += line.length + 1;
  }
  throw new Error(`the record has no entry of kind ${kind}`);
}
