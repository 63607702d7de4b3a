import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import {
  type ListOptions,
  limitOption,
  type ServerOptions,
  withListOptions,
  withServerOptions,
} from '../platform/server-options.ts';
import { registerCampaignWindows } from './campaign-windows.ts';

export interface OpenOptions extends ServerOptions {
  readonly asset?: readonly string[];
  readonly requester?: string;
}

export interface OpenManualOptions extends ServerOptions {
  readonly to: string;
  readonly checklist: string;
  readonly asset: readonly string[];
  readonly requester?: string;
}

export interface CampaignListOptions extends ListOptions {
  readonly open?: true;
}

export interface PagedOptions extends ServerOptions {
  readonly limit?: number;
  readonly all?: true;
}

export interface ReportOptions extends ServerOptions {
  readonly html?: string;
}

export interface WhyOptions extends ServerOptions {
  readonly why: string;
}

export interface WithdrawOptions extends WhyOptions {
  readonly byVendor?: true;
}

const NAMES = `
A campaign is named by its id, by the beginning of its id where no other begins so, or by its title.`;

/** `patchsteward campaign …`: one patch through the seven rooms. // SOP P1-P7 */
export function registerCampaign(program: Command, context: Context): void {
  const campaign = program.command('campaign').description('one patch on its way through the seven rooms');
  registerProposals(campaign, context);
  registerManual(campaign, context);
  registerLooks(campaign, context);
  registerCampaignWindows(campaign, context);
  registerStops(campaign, context);
}

function registerProposals(campaign: Command, context: Context): void {
  withListOptions(
    campaign.command('propose').description('list what could be opened as a campaign, the most urgent first'),
    'source package, release and vulnerabilities',
    'the first 100',
  ).action(
    perform<ListOptions>(context, async (call) => (await import('./campaign-propose.ts')).listProposals(call, context)),
  );
  withServerOptions(
    campaign
      .command('open')
      .description('adopt a proposal: you are its requester then, and nobody approves what they asked for')
      .argument('<proposal>', 'release and source package, as "campaign propose" shows them: debian:12/openssl'),
  )
    .option('--asset <asset>', 'only this asset, by id or name; give all that are meant', collected)
    .option('--requester <login>', 'who asks for it, on the server itself where nobody is signed in')
    .addHelpText(
      'after',
      examples([
        ['On every asset that it concerns', 'patchsteward campaign open debian:12/openssl'],
        ['On two of them', 'patchsteward campaign open debian:12/openssl --asset ring-1 --asset web-1'],
      ]),
    )
    .action(
      perform<OpenOptions>(context, async (call) => (await import('./campaign-open.ts')).openCampaign(call, context)),
    );
}

const CHECKLIST = `
The checklist has one item a line: its step (prerequisite, backup, install, restart, check, in this order), what it wants as
evidence (+note, +file or nothing), and its text, as in "check+file: show version". One item installs, one check wants
something; lines that begin with # are left out. What people sign is this checklist, word for word.`;

function registerManual(campaign: Command, context: Context): void {
  withServerOptions(
    campaign
      .command('open-manual')
      .description('open a campaign for assets without an agent: named people take a product to a version by hand'),
  )
    .requiredOption('--to <version>', 'as the vendor writes it, and as the next list will')
    .requiredOption('--checklist <file>', 'how it is done')
    .requiredOption('--asset <asset=login>', 'an asset and who works on it; give all that are meant', collected)
    .option('--requester <login>', 'who asks for it, on the server itself where nobody is signed in')
    .addHelpText('after', CHECKLIST)
    .addHelpText(
      'after',
      examples([
        [
          'A switch after one of the test ring',
          'patchsteward campaign open-manual --to 17.6.4 --checklist cat9k.txt --asset sw-test=ada --asset core-sw-1=ada',
        ],
      ]),
    )
    .action(
      perform<OpenManualOptions>(context, async (call) =>
        (await import('./campaign-open-manual.ts')).openManual(call, context),
      ),
    );
}

function registerLooks(campaign: Command, context: Context): void {
  withListOptions(
    campaign.command('list').description('list campaigns, open ones first, then the newest'),
    'title and requester',
    'the first 100',
  )
    .option('--open', 'only those that go on')
    .action(
      perform<CampaignListOptions>(context, async (call) =>
        (await import('./campaign-list.ts')).listCampaigns(call, context),
      ),
    );
  withServerOptions(
    campaign
      .command('show')
      .description('show where a campaign stands, for what, and what it waits for')
      .argument('<campaign>', 'its id or title'),
  )
    .addHelpText('after', NAMES)
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./campaign-show.ts')).presentCampaign(call, context),
      ),
    );
  withServerOptions(
    campaign
      .command('explain')
      .description('say in one sentence what a campaign waits for, who can clear it, and by when')
      .argument('<campaign>', 'its id or title'),
  )
    .addHelpText('after', `${NAMES}\n\nExit code 3: it is stopped. 0: it goes on, waits, or has ended.`)
    .action(
      perform<ServerOptions>(context, async (call) => (await import('./campaign-show.ts')).explain(call, context)),
    );
  registerPaged(campaign, context);
  withServerOptions(
    campaign
      .command('stragglers')
      .description('list the hosts that the plan has not reached, why, and when they are taken up')
      .argument('<campaign>', 'its id or title'),
  )
    .addHelpText('after', `${NAMES}\n\nExit code 3: a host lags behind.`)
    .action(
      perform<ServerOptions>(context, async (call) =>
        (await import('./campaign-stragglers.ts')).listStragglers(call, context),
      ),
    );
  withServerOptions(
    campaign
      .command('report')
      .description('report what was done, when, where, by whom, with what outcome')
      .argument('<campaign>', 'its id or title'),
  )
    .option('--html <file>', 'write it as a page that needs nothing else; the file must not exist')
    .addHelpText('after', `${NAMES}\n\nExit code 3: a production host failed or is silent.`)
    .action(
      perform<ReportOptions>(context, async (call) => (await import('./campaign-report.ts')).report(call, context)),
    );
}

function registerPaged(campaign: Command, context: Context): void {
  withServerOptions(
    campaign
      .command('events')
      .description('list everything that happened to a campaign, oldest first')
      .argument('<campaign>', 'its id or title'),
  )
    .addOption(limitOption('all'))
    .option('--all', 'all there are')
    .addHelpText('after', NAMES)
    .action(
      perform<PagedOptions>(context, async (call) => (await import('./campaign-events.ts')).listEvents(call, context)),
    );
  withServerOptions(
    campaign
      .command('jobs')
      .description('list the work orders of a campaign and how far each host is')
      .argument('<campaign>', 'its id or title'),
  )
    .addOption(limitOption('all'))
    .option('--all', 'all there are')
    .addHelpText('after', `${NAMES}\n\nExit code 3: a host failed, was rolled back, is blocked or silent.`)
    .action(
      perform<PagedOptions>(context, async (call) => (await import('./campaign-jobs.ts')).listJobs(call, context)),
    );
}

function registerStops(campaign: Command, context: Context): void {
  withServerOptions(
    campaign
      .command('halt')
      .description('stop a campaign at once; what is past its point of no return on a host ends there')
      .argument('<campaign>', 'its id or title'),
  )
    .requiredOption('--why <text>', 'what is wrong')
    .addHelpText('after', `${NAMES}\n\nTo go on takes a signature: patchsteward resume --help.`)
    .action(perform<WhyOptions>(context, async (call) => (await import('./campaign-stop.ts')).halt(call, context)));
  withServerOptions(
    campaign
      .command('withdraw')
      .description('give a campaign up before anything is deployed')
      .argument('<campaign>', 'its id or title'),
  )
    .requiredOption('--why <text>', 'what speaks against it')
    .option('--by-vendor', 'the vendor took the update back')
    .addHelpText('after', NAMES)
    .action(
      perform<WithdrawOptions>(context, async (call) => (await import('./campaign-stop.ts')).withdraw(call, context)),
    );
}

function collected(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
