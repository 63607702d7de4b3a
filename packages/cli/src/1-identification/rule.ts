import type { Command } from 'commander';
import type { Context } from '../platform/context.ts';
import { perform } from '../platform/perform.ts';
import { examples } from '../platform/program.ts';
import { type ServerOptions, withServerOptions } from '../platform/server-options.ts';
import { type AssetSetOptions, withFieldOptions } from './asset.ts';

export interface RuleAddOptions extends AssetSetOptions {
  readonly note?: string;
  readonly position?: string;
}

export interface RuleApplyOptions extends ServerOptions {
  readonly overwriteByHand?: true;
  readonly yes?: true;
}

const RULES = `
In a pattern * stands for any characters and ? for one. The first rule that speaks of a field decides it; tags and redundancy
groups come together. Rules hold for hosts that enroll from then on; "rule apply" holds them against all others. What a
person set on a single asset stays, unless --overwrite-by-hand is given.`;

/** `patchsteward rule …`: what a host is by its name. // checklist c2 */
export function registerRule(program: Command, context: Context): void {
  const rule = program.command('rule').description('rules: what a host is by its name').addHelpText('after', RULES);
  withServerOptions(rule.command('list').description('list the rules in their order')).action(
    perform<ServerOptions>(context, async (call) => (await import('./rule-run.ts')).listRules(call, context)),
  );
  withFieldOptions(
    withServerOptions(rule.command('add').description('add a rule').argument('<pattern>', 'host names, as in web-*')),
  )
    .option('--note <text>', 'why there is this rule')
    .option('--position <number>', 'where it stands; default: last')
    .addHelpText('after', RULES)
    .addHelpText(
      'after',
      examples([['Web servers', 'patchsteward rule add "web-*" --criticality high --owner "Team Web"']]),
    )
    .action(perform<RuleAddOptions>(context, async (call) => (await import('./rule-run.ts')).addRule(call, context)));
  const overwrite = ['--overwrite-by-hand', 'also what people set on single assets'] as const;
  withServerOptions(rule.command('preview').description('say what applying the rules would change'))
    .option(...overwrite)
    .action(
      perform<RuleApplyOptions>(context, async (call) => (await import('./rule-run.ts')).previewRules(call, context)),
    );
  withServerOptions(rule.command('apply').description('hold the rules against all assets'))
    .option(...overwrite)
    .option('--yes', 'change without asking')
    .action(
      perform<RuleApplyOptions>(context, async (call) => (await import('./rule-run.ts')).applyRules(call, context)),
    );
  withServerOptions(
    rule.command('remove').description('remove a rule').argument('<rule>', 'its id, or its number in the list'),
  ).action(perform<ServerOptions>(context, async (call) => (await import('./rule-run.ts')).removeRule(call, context)));
}
