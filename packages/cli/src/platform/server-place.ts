import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT } from './exit-code.ts';
import { Failure } from './failure.ts';
import type { ServerOptions } from './server-options.ts';
import type { Environment } from './streams.ts';

const SOCKET = 'api.sock';
/** Longest path of a Unix socket on Linux: 108 bytes with the closing zero. // unix(7) */
const SOCKET_PATH_BYTES_MAX = 107;

/** Where the server is, and how a person would name that place. */
export type Place =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'address'; readonly url: URL; readonly token: string | undefined };

/** By the options, or else by the environment; the server of this machine where neither says anything. */
export function placeOf({ server, data }: ServerOptions, environment: Environment): Place {
  const address = server ?? (data === undefined ? given(environment, 'PATCHSTEWARD_URL') : undefined);
  if (address !== undefined) {
    return { kind: 'address', url: urlOf(address), token: given(environment, 'PATCHSTEWARD_TOKEN') };
  }
  const directory = data ?? given(environment, 'PATCHSTEWARD_DATA') ?? standardData();
  const path = join(resolve(directory), SOCKET);
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES_MAX) return { kind: 'socket', path };
  const advice = 'name the address of the server with --server instead, and set PATCHSTEWARD_TOKEN to an API token';
  throw new Failure(`the path ${path} is too long for a socket`, advice);
}

/** An empty variable says nothing. */
function given(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

function urlOf(address: string): URL {
  const url = URL.parse(address);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  // A name and a password in an address would be shown wherever the address is.
  if (url !== null && isWeb && url.username === '' && url.password === '') return new URL(url.pathname, url.origin);
  throw new Failure(`${address} is no address of a server`, 'write it as https://patch.example.org', {
    exitCode: EXIT.usage,
  });
}

/** Where `serve` keeps its data when nobody says otherwise. */
function standardData(): string {
  return process.getuid?.() === 0 ? '/var/lib/patchsteward' : join(homedir(), '.local/share/patchsteward');
}

/** A token that travels in the clear is everybody's. */
export function wouldLeakToken(place: Place): boolean {
  if (place.kind === 'socket' || place.token === undefined || place.url.protocol === 'https:') return false;
  return !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(place.url.hostname);
}

export function nameOf(place: Place): string {
  return place.kind === 'socket' ? place.path : place.url.href;
}
