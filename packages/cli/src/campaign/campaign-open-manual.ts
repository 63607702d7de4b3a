import type { ChecklistItemBody } from '@patchsteward/contract';
import { CHECKLIST_STEPS } from '@patchsteward/core/plan';
import { assetNamed } from '../1-identification/asset-named.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readInput } from '../platform/read-input.ts';
import { withServer } from '../platform/server-client.ts';
import type { OpenManualOptions } from './campaign.ts';
import { presentOpened } from './campaign-open.ts';

/** A page of text. */
const CHECKLIST_BYTES_MAX = 256 * 1024;
/** `check+file: show version` */
const ITEM = new RegExp(`^(${CHECKLIST_STEPS.join('|')})(?:\\+(note|file))?:\\s*(\\S.*)$`);

export async function openManual({ options }: Invocation<OpenManualOptions>, context: Context): Promise<ExitCode> {
  const checklist = checklistOf(new TextDecoder().decode(await readInput(options.checklist, CHECKLIST_BYTES_MAX)));
  const named = options.asset.map(assignmentOf);
  const opened = await withServer(options, context, async (client) => {
    const assets = [];
    for (const { asset, person } of named) assets.push({ asset: (await assetNamed(client, asset)).id, person });
    const requester = options.requester === undefined ? {} : { requester: options.requester };
    return client('campaign.open-manual', { body: { to: options.to, checklist, assets, ...requester } });
  });
  return presentOpened(opened, options, context);
}

/** One item a line; empty lines and those that begin with # are left out. */
function checklistOf(text: string): ChecklistItemBody[] {
  return text.split('\n').flatMap((line, index): ChecklistItemBody[] => {
    const said = line.trim();
    if (said === '' || said.startsWith('#')) return [];
    const [, word, evidence, what] = ITEM.exec(said) ?? [];
    const step = CHECKLIST_STEPS.find((one) => one === word);
    if (step !== undefined && what !== undefined) {
      return [{ step, text: what, evidence: evidence === 'note' || evidence === 'file' ? evidence : 'none' }];
    }
    throw usage(
      `line ${index + 1} of the checklist is no item`,
      `begin it with ${CHECKLIST_STEPS.join(', ')}, as in "check+file: show version"`,
    );
  });
}

function assignmentOf(text: string): { readonly asset: string; readonly person: string } {
  const [, asset, person] = /^(.+)=([^=]+)$/.exec(text) ?? [];
  if (asset !== undefined && person !== undefined) return { asset, person };
  throw usage(`${text} does not say who does it`, 'give asset and person, as in --asset core-sw-1=ada');
}

function usage(problem: string, advice: string): Failure {
  return new Failure(problem, advice, { exitCode: EXIT.usage });
}
