import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openWebhookDoor, webhookSignature } from './webhook.ts';

const requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
const answers = { status: 200, location: '' };
const server = createServer((request, response) => {
  void request.toArray().then((chunks: Buffer[]) => {
    requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    const headers = answers.location === '' ? {} : { location: answers.location };
    response.writeHead(answers.status, headers).end('noted');
  });
});
let url = '';
const door = openWebhookDoor('a secret of both');

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;
});
beforeEach(() => {
  requests.length = 0;
  answers.location = '';
});
afterAll(async () => {
  await door.close();
  await new Promise((resolve) => server.close(resolve));
});

const message = () => ({ url, messageId: 'id-1', body: '{"what":"curl"}', atSeconds: 1_795_000_000 });

it('posts what the receiver can check with the secret that both know', async () => {
  answers.status = 202;

  const delivery = await door.send(message());

  expect(delivery).toEqual({ kind: 'accepted', answer: 'HTTP 202 noted' });
  expect(requests[0]?.body).toBe('{"what":"curl"}');
  expect(requests[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-patchsteward-delivery': 'id-1',
    'x-patchsteward-timestamp': '1795000000',
    'x-patchsteward-signature': webhookSignature('a secret of both', 1_795_000_000, '{"what":"curl"}'),
  });
});

it('a signature fits one secret, one time and one body', () => {
  const signature = webhookSignature('secret', 1, 'body');

  // Made with: printf '1.body' | openssl dgst -sha256 -hmac secret
  expect(signature).toBe('sha256=842b24d9575dee4b6ec460b7e3af7d683501d84fe6279102340787c79d2e2bab');
  expect(webhookSignature('other', 1, 'body')).not.toBe(signature);
  expect(webhookSignature('secret', 2, 'body')).not.toBe(signature);
  expect(webhookSignature('secret', 1, 'Body')).not.toBe(signature);
});

it.each([
  [404, 'bounced'],
  [410, 'bounced'],
  [302, 'bounced'],
  [429, 'deferred'],
  [500, 'deferred'],
  [503, 'deferred'],
] as const)('HTTP %i: %s', async (status, kind) => {
  answers.status = status;
  answers.location = status === 302 ? url : '';

  expect((await door.send(message())).kind).toBe(kind);
  expect(requests).toHaveLength(1);
});

it('a receiver that is not there defers', async () => {
  expect((await door.send({ ...message(), url: 'http://127.0.0.1:9/hook' })).kind).toBe('deferred');
});
