import { createHmac } from 'node:crypto';
import { EnvHttpProxyAgent, errors, request } from 'undici';
import { codeOf, messageOf } from '../platform/system-error.ts';
import { answerText, type Delivery } from './delivery.ts';

const CONNECT_MS_MAX = 10_000;
/** Whoever takes a notice writes it down and answers; work comes after. */
const ANSWER_MS_MAX = 30_000;
/** Of the answer, for the receipt. */
const ANSWER_BYTES_MAX = 4_096;
const SERVER_ERROR_FROM = 500;
/** Refusals that pass: too early, too many, wait. // RFC 9110 §15.5.9, RFC 6585 §4, RFC 8470 §5.2 */
const PASSING = new Set([408, 425, 429]);

interface WebhookMessage {
  readonly url: string;
  /** The same for every try: the receiver drops what it has seen. */
  readonly messageId: string;
  readonly body: string;
  /** Epoch seconds, under the signature: an old message cannot be played again. */
  readonly atSeconds: number;
}

export interface WebhookDoor {
  readonly send: (message: WebhookMessage) => Promise<Delivery>;
  readonly close: () => Promise<void>;
}

/** The receiver computes this over what it got and compares: HMAC-SHA-256 of `<timestamp>.<body>`. // RFC 2104 */
export function webhookSignature(secret: string, atSeconds: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`;
}

/** Posts signed JSON, through the proxy of the environment; never follows a redirection with a signed message. */
export function openWebhookDoor(secret: string): WebhookDoor {
  const agent = new EnvHttpProxyAgent({ connect: { timeout: CONNECT_MS_MAX } });
  return {
    send: async ({ url, messageId, body, atSeconds }) => {
      try {
        const response = await request(url, {
          method: 'POST',
          dispatcher: agent,
          headersTimeout: ANSWER_MS_MAX,
          bodyTimeout: ANSWER_MS_MAX,
          signal: AbortSignal.timeout(CONNECT_MS_MAX + 2 * ANSWER_MS_MAX),
          headers: {
            'content-type': 'application/json',
            'user-agent': 'patchsteward',
            'x-patchsteward-delivery': messageId,
            'x-patchsteward-timestamp': String(atSeconds),
            'x-patchsteward-signature': webhookSignature(secret, atSeconds, body),
          },
          body,
        });
        return deliveryOf(response.statusCode, await beginningOf(response.body));
      } catch (error) {
        return unreachable(error);
      }
    },
    close: () => agent.close(),
  };
}

function deliveryOf(status: number, text: string): Delivery {
  const answer = answerText(`HTTP ${status} ${text}`);
  if (status >= 200 && status < 300) return { kind: 'accepted', answer };
  return { kind: status >= SERVER_ERROR_FROM || PASSING.has(status) ? 'deferred' : 'bounced', answer };
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString('utf8');
}

function unreachable(error: unknown): Delivery {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  if (!timedOut && !(error instanceof errors.UndiciError) && codeOf(error) === undefined) throw error;
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  return { kind: 'deferred', answer: answerText(messageOf(cause)) };
}
