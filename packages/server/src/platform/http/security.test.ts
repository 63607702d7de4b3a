import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { createApp } from './app.ts';
import { refuseForeignOrigins, sendSecurityHeaders } from './security.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = createApp({ log: createLog({ level: 'silent' }), connectionsMax: 10 });
  sendSecurityHeaders(app);
  refuseForeignOrigins(app, ['Patch.Example.org']);
  app.get('/x', () => 'read');
  app.post('/x', () => 'changed');
  await app.ready();
});
afterAll(() => app.close());

const codeOf = async (method: 'GET' | 'POST', headers: Record<string, string>) => {
  const response = await app.inject({ method, url: '/x', headers });
  return response.statusCode === 200 ? 'in' : response.json().error.code;
};

describe('a host name', () => {
  it.each([
    ['localhost:8420', 'in'],
    ['patchsteward.localhost', 'in'],
    ['127.0.0.1:8420', 'in'],
    ['[::1]:8420', 'in'],
    ['192.0.2.7', 'in'],
    [hostname(), 'in'],
    ['patch.example.org', 'in'],
    ['PATCH.EXAMPLE.ORG:443', 'in'],
    ['evil.example.org', 'not-allowed'],
    ['localhost.evil.example', 'not-allowed'],
    ['127.0.0.1.evil.example', 'not-allowed'],
  ])('%s: %s', async (host, expected) => {
    expect(await codeOf('GET', { host })).toBe(expected);
  });
});

describe('a change', () => {
  const host = 'patch.example.org';
  it.each([
    ['by a program', {}, 'in'],
    ['by our own page', { origin: 'https://patch.example.org', 'sec-fetch-site': 'same-origin' }, 'in'],
    ['by a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'not-allowed'],
    ['by a page of a sibling', { origin: 'https://www.example.org', 'sec-fetch-site': 'same-site' }, 'not-allowed'],
    ['by an old browser from elsewhere', { origin: 'https://evil.example' }, 'not-allowed'],
    ['by a sandboxed page', { origin: 'null' }, 'not-allowed'],
    ['by a page on another port', { origin: 'https://patch.example.org:8443' }, 'not-allowed'],
  ])('%s', async (_case, headers, expected) => {
    expect(await codeOf('POST', { host, ...headers })).toBe(expected);
  });

  it('that is none may be linked to from anywhere', async () => {
    expect(await codeOf('GET', { host, 'sec-fetch-site': 'cross-site' })).toBe('in');
  });
});

it('every answer says what a browser must not do with it, refusals too', async () => {
  for (const url of ['/x', '/none']) {
    const { headers } = await app.inject({ url });

    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
  }
});
