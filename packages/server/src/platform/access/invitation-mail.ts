import type { InvitationMade } from '@patchsteward/contract';
import { sha256 } from '@patchsteward/trust';
import type { NewInvitationSecret } from './invitation.ts';
import type { Account } from './people-store.ts';

interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

export interface InvitationPost {
  /** Where the console is; undefined where no setting says. */
  readonly consoleUrl: string | undefined;
  /** null where no mail server is set. */
  readonly sendMail: ((message: Message) => Promise<{ readonly kind: string; readonly answer: string }>) | null;
}

/** Half of a hash names a message among all there ever are. */
const MESSAGE_ID_HEX = 32;

/**
 * Shows the link, and mails it where that can be. At once and not by the outbox, for the secret would have to be kept
 * for it; where the mail fails, the link is still on the screen of whoever invited.
 */
export async function presentInvitation(
  { consoleUrl, sendMail }: InvitationPost,
  { name, login, mail }: Account,
  { secret, expiresAt }: NewInvitationSecret,
): Promise<InvitationMade> {
  const path = `/invitation#${secret}`;
  const link = consoleUrl === undefined ? null : `${consoleUrl.replace(/\/$/, '')}${path}`;
  const until = new Date(expiresAt).toISOString();
  const made = { path, link, expiresAt: until, mailAnswer: null };
  if (mail === null) return { ...made, mail: 'no-address' };
  if (sendMail === null) return { ...made, mail: 'no-mail-server' };
  if (link === null) return { ...made, mail: 'no-console-url' };
  const { kind, answer } = await sendMail({
    to: mail,
    subject: 'Your account at Patchsteward',
    text: textOf({ name, login, link, until }),
    messageId: `invitation-${sha256(secret).slice('sha256:'.length, 'sha256:'.length + MESSAGE_ID_HEX)}`,
  });
  return { ...made, mail: kind === 'accepted' ? 'sent' : 'failed', mailAnswer: answer };
}

function textOf({ name, login, link, until }: { name: string; login: string; link: string; until: string }): string {
  return `Good day ${name},

an administrator made an account for you. Your login is ${login}.
Open this link, choose a password, and you are signed in:

  ${link}

It works once, and until ${until}. Whoever has it can come in as you: pass it on to nobody.
If you did not expect this, tell your administrator.
`;
}
