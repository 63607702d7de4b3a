import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import { Failure } from '../platform/failure.ts';
import type { Invocation } from '../platform/perform.ts';
import { readLines } from '../platform/read-lines.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { askHidden } from '../trust/passphrase.ts';

/** As the contract has it; four bytes a character. */
const PASSWORD_BYTES_MAX = 1_024;
const NOTE = 'made when the invitation was accepted';

/** What a browser does with the link, and the token without which a command line says nothing. */
export async function acceptInvitation(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const { secret, server } = readLink(operands[0] ?? '', options, context);
  const accepted = await withServer({ server }, context, async (client) => {
    // Looked at first: whoever has a spent link chooses no password in vain.
    const invited = await client('invitation.show', { body: { secret } });
    context.note(`you are ${plainText(invited.login)} (${plainText(invited.name)})`);
    const password = await chosenPassword(context);
    await client('invitation.accept', { body: { secret, password } });
    const token = await client('api-token.create', { body: { note: NOTE } });
    await client('session.sign-out', {});
    return { login: invited.login, name: invited.name, roles: invited.roles, apiToken: token };
  });
  if (options.json === true) await context.output.json(accepted);
  else {
    const { secret: token, expiresAt } = accepted.apiToken;
    await context.output.write(
      `The password is set: sign in to the console as ${plainText(accepted.login)}.\n` +
        `Set PATCHSTEWARD_TOKEN to this (until ${momentText(expiresAt)}; shown once):\n\n  ${token}\n`,
    );
  }
  return EXIT.done;
}

/** The secret behind the #, and where to: what stands before it, or else the server that was named. */
function readLink(link: string, options: ServerOptions, { environment }: Context) {
  const [before = '', secret = ''] = link.split('#', 2);
  const url = URL.parse(before);
  const server = options.server ?? url?.origin ?? environment['PATCHSTEWARD_URL'];
  if (secret === '') {
    throw usage('this is no link of an invitation', 'give it whole, with what stands behind #, in single quotes');
  }
  if (server === undefined || server === '') {
    throw usage('the link does not say where the console is', 'name it: --server https://patch.example.org');
  }
  return { secret, server };
}

async function chosenPassword(context: Context): Promise<string> {
  const typed = await askHidden('the password that you choose', context);
  if (typed === null) return firstLine(context);
  if ((await askHidden('it once more', context)) === typed) return typed;
  throw new Failure('the two passwords differ', 'run it again; the link still works');
}

async function firstLine({ stdin }: Context): Promise<string> {
  for await (const [line] of readLines(stdin, PASSWORD_BYTES_MAX)) {
    if (line !== undefined && line.text !== '') return line.text;
  }
  throw usage('no password was given', 'type it at a terminal, or give it as the first line of standard input');
}

function usage(what: string, advice: string): Failure {
  return new Failure(what, advice, { exitCode: EXIT.usage });
}
