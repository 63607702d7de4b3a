import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ListOptions, limitOption, type ServerOptions, withServerOptions } from '../platform/server-options.ts';

export interface RecordListOptions extends Omit<ListOptions, 'search'> {
  readonly subject?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly campaign?: string;
}

export interface RecordExportOptions extends ServerOptions {
  readonly output: string;
}

export interface RecordVerifyOptions {
  readonly key?: string;
  readonly checkpoint?: string;
}

const VERIFY_RULES = `
Needs neither a server nor a network. It computes every hash again, compares every signed checkpoint, holds every event in
the database against its entry, and every row about a closed campaign against the seal of that campaign.

The key of the record is shown. Keep it (and now and then a checkpoint: "patchsteward record show") where the server
cannot write, and give both here: then not even somebody who owns the server can hand you another history.

Exit code 0: nothing was changed. 1: something was, or the file cannot be read; every fault names its entry.`;

/** `patchsteward record …`: what happened, and the proof of it. // SOP P7.1 P7.2, C2 */
export function registerRecord(program: Command, context: Context): void {
  const record = program.command('record').description('what happened, in an order that nobody can change unseen');
  withServerOptions(
    record.command('show').description('show how long the record is, its checkpoint and its key'),
  ).action(
    perform<ServerOptions>(context, async (call) => (await import('./record-show.ts')).showRecord(call, context)),
  );
  registerList(record, context);
  registerExport(record, context);
  record
    .command('verify')
    .description('check an exported record, offline')
    .argument('<file>', 'what "record export" wrote')
    .option('--key <base64>', 'the key that must have signed it')
    .option('--checkpoint <file>', 'a checkpoint kept earlier, which the record must contain')
    .addHelpText('after', VERIFY_RULES)
    .addHelpText(
      'after',
      examples([['Is it whole, and signed by our server', 'patchsteward record verify record.jsonl --key zK1…=']]),
    )
    .action(
      perform<RecordVerifyOptions>(context, async (call) =>
        (await import('./record-verify.ts')).verifyRecord(call, context),
      ),
    );
}

function registerList(record: Command, context: Context): void {
  withServerOptions(record.command('list').description('list entries, the newest first'))
    .addOption(limitOption('the first 100'))
    .option('--all', 'all there are')
    .option('--subject <id>', 'only those about this: the id of an asset, a campaign, a person')
    .option('--kind <kind>', 'only those of a kind: asset for all about assets, asset.changed for those alone')
    .option('--actor <actor>', 'only what this one did: a login, or system, local, agent:<asset id>')
    .option('--campaign <id>', 'only those about this campaign, whatever else they are about')
    .action(
      perform<RecordListOptions>(context, async (call) => (await import('./record-list.ts')).listRecord(call, context)),
    );
}

function registerExport(record: Command, context: Context): void {
  withServerOptions(record.command('export').description('write the whole record into one file, for "record verify"'))
    .requiredOption('--output <file>', 'the file to write; it must not exist')
    .addHelpText('after', examples([['For the auditor', 'patchsteward record export --output record.jsonl']]))
    .action(
      perform<RecordExportOptions>(context, async (call) =>
        (await import('./record-export.ts')).exportRecord(call, context),
      ),
    );
}
