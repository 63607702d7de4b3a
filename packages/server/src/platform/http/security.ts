import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

/** The console loads nothing from elsewhere, runs no inline script and stands in nobody's frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

export function sendSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(HEADERS);
    done();
  });
}

/**
 * A page of another site must not act with the session of the person who looks at it. The cookie is SameSite=Strict;
 * this is the second lock: browsers say where a request comes from, programs do not.
 */
export function refuseForeignOrigins(app: FastifyInstance, hosts: readonly string[]): void {
  const known = new Set([hostname(), hostname().split('.')[0] ?? '', ...hosts].map((host) => host.toLowerCase()));
  app.addHook('onRequest', (request, _reply, done) => {
    const host = request.headers.host ?? '';
    if (!isOurHost(host, known)) {
      return done(
        new Refusal('not-allowed', `This server does not answer under the name ${host}: add it to the setting hosts.`),
      );
    }
    if (changesState(request) && !isSameOrigin(request, host)) {
      return done(new Refusal('not-allowed', 'The request comes from a page of another site.'));
    }
    return done();
  });
}

/** A name that somebody else's DNS points at us is not ours: addresses and our own names are. */
function isOurHost(host: string, known: ReadonlySet<string>): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || known.has(name);
}

function changesState(request: FastifyRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
}

function isSameOrigin(request: FastifyRequest, host: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = request.headers;
  // The scheme is not compared: TLS may end at a proxy.
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
