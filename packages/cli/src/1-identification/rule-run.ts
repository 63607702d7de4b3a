import { randomUUID } from 'node:crypto';
import type { AssetRuleBody, AssetsChanged } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { presentList } from '../platform/present-list.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import type { Column } from '../platform/table.ts';
import { plainText } from '../platform/text.ts';
import { counted, numberText } from '../platform/words.ts';
import { wishedBy } from './asset-set.ts';
import { changeAfterLook, outcomeText } from './asset-set-many.ts';
import type { RuleAddOptions, RuleApplyOptions } from './rule.ts';

const EMPTY = 'No rules yet. Add one: patchsteward rule add "web-*" --criticality high';

export async function listRules({ options }: Invocation<ServerOptions>, context: Context): Promise<ExitCode> {
  const answer = await withServer(options, context, (client) => client('rule.list', {}));
  await presentList({ ...answer, next: null }, { columns: COLUMNS, empty: EMPTY }, options, context);
  return EXIT.done;
}

const COLUMNS: readonly Column<AssetRuleBody>[] = [
  { header: 'ORDER', text: ({ position }) => String(position), align: 'right' },
  { header: 'HOST NAME', text: ({ pattern }) => pattern },
  { header: 'IS', text: setText, shrinks: true },
  { header: 'ASSETS', text: ({ assets }) => numberText(assets), align: 'right' },
  { header: 'ID', text: ({ id }) => id },
];

function setText({ set }: AssetRuleBody): string {
  return Object.entries(set)
    .map(([field, value]) => `${field}: ${Array.isArray(value) ? value.join(' ') : String(value ?? 'none')}`)
    .join(', ');
}

export async function addRule({ options, operands }: Invocation<RuleAddOptions>, context: Context): Promise<ExitCode> {
  const { name: _, kind: __, ...set } = wishedBy(options);
  if (Object.keys(set).length === 0)
    throw usage('the rule says nothing', 'name what such hosts are, as in --criticality high');
  const body = { version: 0, pattern: operands[0] ?? '', note: options.note ?? null, set, ...placeOf(options) };
  const rule = await withServer(options, context, (client) =>
    client('rule.set', { params: { id: randomUUID() }, body }),
  );
  if (options.json === true) await context.output.json(rule);
  else
    await context.output.write(
      `Rule ${rule.position}: ${plainText(rule.pattern)}, ${counted(rule.assets, 'asset')} now.\n`,
    );
  return EXIT.done;
}

function placeOf({ position }: RuleAddOptions) {
  if (position === undefined) return {};
  if (/^[1-9]\d{0,2}$/.test(position)) return { position: Number(position) };
  throw usage('--position is no number', 'give a whole number from 1 on');
}

export async function previewRules({ options }: Invocation<RuleApplyOptions>, context: Context): Promise<ExitCode> {
  const body = { key: randomUUID(), preview: true, overwriteByHand: options.overwriteByHand === true };
  const seen = await withServer(options, context, (client) => client('rule.apply', { body }));
  if (options.json === true) await context.output.json(seen);
  else await context.output.write(seenText(seen));
  return seen.changed > 0 ? EXIT.findings : EXIT.done;
}

function seenText({ changed, keptByHand, items }: AssetsChanged): string {
  const lines = [
    changed === 0 ? 'Every asset is as the rules say.' : `${counted(changed, 'asset')} would change.`,
    ...(keptByHand === 0 ? [] : [`${counted(keptByHand, 'field')} set by hand would stay.`]),
    ...items.map(({ assetId, name, changes }) => {
      const said = changes.map(({ field, before, after }) => `${field} ${before} -> ${after}`).join(', ');
      return `  ${plainText(`${name ?? assetId}: ${said}`)}`;
    }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

export async function applyRules({ options }: Invocation<RuleApplyOptions>, context: Context): Promise<ExitCode> {
  const overwriteByHand = options.overwriteByHand === true;
  const answer = await withServer(options, context, (client) =>
    changeAfterLook(
      (key, preview) => client('rule.apply', { body: { key, preview, overwriteByHand } }),
      options,
      context,
    ),
  );
  if (options.json === true) await context.output.json(answer);
  else await context.output.write(outcomeText(answer));
  return answer.refused > 0 ? EXIT.findings : EXIT.done;
}

export async function removeRule(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const named = operands[0] ?? '';
  const rule = await withServer(options, context, async (client) => {
    const { items } = await client('rule.list', {});
    const found = items.find(({ id, position }) => id === named || String(position) === named);
    if (found === undefined)
      throw new Failure(`there is no rule ${named}`, 'see which there are with "patchsteward rule list"');
    await client('rule.remove', { params: { id: found.id } });
    return found;
  });
  if (options.json === true) await context.output.json({});
  else await context.output.write(`The rule for ${plainText(rule.pattern)} is gone; what it gave to assets stays.\n`);
  return EXIT.done;
}

function usage(problem: string, advice: string): Failure {
  return new Failure(problem, advice, { exitCode: EXIT.usage });
}
