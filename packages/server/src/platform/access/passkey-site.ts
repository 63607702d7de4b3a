import { isIP } from 'node:net';
import { SITE_FORM } from '@patchsteward/trust/keys';
import type { Settings } from '../settings-schema.ts';

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::'];

/**
 * The host name that passkeys of this console are bound to. Browsers give them out over TLS for names, and without TLS on
 * this machine alone; null where people come by an address. // WebAuthn §5.1.3, W3C Secure Contexts §3.1
 */
export function passkeySite({
  console: { host },
  consoleUrl,
}: Pick<Settings, 'console' | 'consoleUrl'>): string | null {
  if (consoleUrl === undefined) return isHere(host) ? 'localhost' : null;
  const { hostname, protocol } = new URL(consoleUrl);
  const name = isHere(hostname) ? 'localhost' : hostname;
  return SITE_FORM.test(name) && (protocol === 'https:' || name === 'localhost') ? name : null;
}

/** Reached from this machine, where `localhost` is one of its names. */
function isHere(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return (
    bare === 'localhost' || EVERYWHERE.includes(bare) || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
  );
}
