import type { Exception, ExceptionDetail } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { confirm } from '../platform/confirm.ts';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import { itemsMaxOf, readPages } from '../platform/pages.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { LISTED_MAX } from '../platform/words.ts';
import type { ExceptionActOptions, ExceptionRenewOptions } from './exception.ts';
import { exceptionText } from './exception-text.ts';

export async function showException(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  return withServer(options, context, async (client) => {
    const { id } = await exceptionNamed(client, operands[0] ?? '');
    return present(await client('exception.show', { params: { id } }), options, context);
  });
}

export async function actOnException(
  act: 'agree' | 'refuse' | 'revoke',
  { options, operands }: Invocation<ExceptionActOptions>,
  context: Context,
): Promise<ExitCode> {
  return withServer(options, context, async (client) => {
    const { id } = await shownFirst(client, operands[0] ?? '', options, context);
    const params = { id };
    const why = options.why ?? '';
    const done =
      act === 'agree'
        ? await client('exception.agree', { params })
        : await client(`exception.${act}`, { params, body: { why } });
    return present(done, options, context);
  });
}

export async function renewException(
  { options, operands }: Invocation<ExceptionRenewOptions>,
  context: Context,
): Promise<ExitCode> {
  const { why, until, evidence = null } = options;
  return withServer(options, context, async (client) => {
    const { id } = await shownFirst(client, operands[0] ?? '', options, context);
    const body = { why, evidence, until: new Date(until).toISOString() };
    return present(await client('exception.renew', { params: { id }, body }), options, context);
  });
}

/** Nobody says something of what they did not see. */
async function shownFirst(
  client: Client,
  named: string,
  { json, yes }: { readonly json?: true; readonly yes?: true },
  context: Context,
): Promise<Exception> {
  const { id } = await exceptionNamed(client, named);
  const one = await client('exception.show', { params: { id } });
  if (json !== true) await context.output.write(exceptionText(one, Date.now()));
  await confirm('Say this under your name?', yes === true, context);
  return one;
}

async function present(one: ExceptionDetail, { json }: { readonly json?: true }, context: Context): Promise<ExitCode> {
  if (json === true) await context.output.json(one);
  else await context.output.write(exceptionText(one, Date.now()));
  return EXIT.done;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By its id, or by the first characters of it where no other begins so. */
async function exceptionNamed(client: Client, named: string): Promise<{ readonly id: string }> {
  if (ID.test(named)) return { id: named.toLowerCase() };
  const { items } = await readPages(
    (query) => client('exception.list', { query: { ...query, state: 'all' } }),
    itemsMaxOf({ all: true }),
    () => {},
  );
  const alike = items.filter(({ id }) => named !== '' && id.startsWith(named.toLowerCase()));
  const [only, another] = alike;
  if (only !== undefined && another === undefined) return only;
  if (only === undefined) {
    throw new Failure(
      `there is no exception ${named}`,
      'see which there are with "patchsteward exception list --state all"',
    );
  }
  const candidates = alike.slice(0, LISTED_MAX).map(({ id, title }) => `${id} (${title})`);
  throw new Failure(`${alike.length} exceptions begin with ${named}`, `name one by its id: ${candidates.join(', ')}`, {
    exitCode: EXIT.usage,
  });
}
