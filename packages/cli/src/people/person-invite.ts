import type { InvitationMade } from '@patchsteward/contract';
import type { Context } from '../platform/context.ts';
import { EXIT, type ExitCode } from '../platform/exit-code.ts';
import type { Invocation } from '../platform/perform.ts';
import { withServer } from '../platform/server-client.ts';
import type { ServerOptions } from '../platform/server-options.ts';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';

export async function invitePerson(
  { options, operands }: Invocation<ServerOptions>,
  context: Context,
): Promise<ExitCode> {
  const login = operands[0] ?? '';
  const invited = await withServer(options, context, (client) => client('person.invite', { params: { login } }));
  if (options.json === true) await context.output.json(invited);
  else {
    const { person, invitation } = invited;
    const lines = [
      `${plainText(person.login)} (${plainText(person.name)}) comes in by this link, shown this once:`,
      '',
    ];
    await context.output.write([...lines, ...invitationLines(invitation), ''].join('\n'));
  }
  return EXIT.done;
}

const MAIL: Readonly<Record<InvitationMade['mail'], string>> = {
  sent: 'It went out by mail as well.',
  failed: 'The mail with it did not go out; pass it on yourself.',
  'no-address': 'The account has no mail address; pass it on yourself.',
  'no-mail-server': 'No mail server is set (smtpUrl); pass it on yourself.',
  'no-console-url': 'The setting consoleUrl is missing, so that no mail could say where; pass it on yourself.',
};

/** Where the server knows no address of its console, the path goes behind whatever people type. */
export function invitationLines({ link, path, expiresAt, mail, mailAnswer }: InvitationMade): string[] {
  const where = link ?? `<address of the console>${path}`;
  const said = mail === 'failed' && mailAnswer !== null ? ` (${plainText(mailAnswer)})` : '';
  return [`  link  ${where}  (until ${momentText(expiresAt)})`, '', `${MAIL[mail]}${said}`];
}
