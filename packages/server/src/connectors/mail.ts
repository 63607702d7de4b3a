import { createTransport } from 'nodemailer';
import { codeOf, messageOf } from '../platform/system-error.ts';
import { answerText, type Delivery } from './delivery.ts';

const CONNECT_MS_MAX = 15_000;
const GREETING_MS_MAX = 30_000;
/** A server that checks for spam while we wait takes its time; RFC 5321 §4.5.3.2 allows minutes. */
const SILENCE_MS_MAX = 120_000;
/** From here on the server means it for good. // RFC 5321 §4.2.1 */
const PERMANENT_FROM = 500;

interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without angle brackets; the same message sent twice is known to be one. // RFC 5322 §3.6.4 */
  readonly messageId: string;
}

export interface MailDoor {
  readonly send: (message: MailMessage) => Promise<Delivery>;
  readonly close: () => void;
}

interface MailSettings {
  /** `smtp://host:25`, `smtps://user:password@host`. */
  readonly smtpUrl: string;
  readonly from: string;
}

/** Mail over SMTP; with a server that offers STARTTLS it is used. // RFC 5321, RFC 3207 */
export function openMailDoor({ smtpUrl, from }: MailSettings): MailDoor {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: GREETING_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    // A notice never carries a file of this machine, whatever its text says.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text, messageId }) => {
      try {
        const { response } = await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${messageId}>`,
          // Nobody's holiday note answers a machine. // RFC 3834 §5
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'accepted', answer: answerText(String(response)) };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A refusal of this one receiver is for good; trouble with the server or with signing in passes or is mended. */
function deliveryOf(error: unknown): Delivery {
  const code = codeOf(error);
  if (code === undefined) throw error;
  const answer = answerText(messageOf(error));
  const response = responseCodeOf(error);
  const refused = (code === 'EENVELOPE' || code === 'EMESSAGE') && response >= PERMANENT_FROM;
  return { kind: refused ? 'bounced' : 'deferred', answer };
}

function responseCodeOf(error: unknown): number {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : 0;
}
