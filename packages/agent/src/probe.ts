import { get } from 'node:http';
import { readTextIfPresent } from './platform/files.ts';

/** A healthy local service answers in milliseconds; a cold one may take seconds. */
const URL_TIMEOUT_MS = 5_000;
const HTTP_STATUS_BAD_MIN = 400;
/** A host with a million sockets stays below. */
const PROC_FILE_BYTES_MAX = 256 * 1024 * 1024;
/** // Linux net/tcp_states.h: TCP_LISTEN */
const LISTEN = '0A';

/** What a health profile wants of the network of the host. */
export interface ProbeOrder {
  readonly ports: readonly number[];
  readonly urls: readonly string[];
}

/**
 * Looks whether the ports of a host listen and its loopback addresses answer. It runs as a process of its own without
 * any right, because root's part of the agent has no network at all. Gives what is missing.
 */
export async function probe({ ports, urls }: ProbeOrder, procfs: string): Promise<string[]> {
  const listening = ports.length === 0 ? new Set<number>() : await listeningPorts(procfs);
  const closed = ports.filter((port) => !listening.has(port)).map((port) => `port-closed:${port}`);
  const answers = await Promise.all(urls.map(async (url) => ({ url, good: await answersWell(url) })));
  return [...closed, ...answers.filter(({ good }) => !good).map(({ url }) => `url-failed:${url}`)];
}

/** `http://127.0.0.1:PORT/PATH` and nothing else; a name could lead anywhere. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    protocol === 'http:' && (hostname === '127.0.0.1' || hostname === '[::1]') && username === '' && password === ''
  );
}

async function listeningPorts(procfs: string): Promise<Set<number>> {
  const ports = new Set<number>();
  for (const name of ['tcp', 'tcp6']) {
    const text = (await readTextIfPresent(`${procfs}/net/${name}`, PROC_FILE_BYTES_MAX)) ?? '';
    for (const line of text.split('\n').slice(1)) {
      const [, local, , state] = line.trim().split(/\s+/);
      if (state === LISTEN) ports.add(Number.parseInt(local?.split(':')[1] ?? '', 16));
    }
  }
  return ports;
}

/** Any answer below 400. */
function answersWell(url: string): Promise<boolean> {
  if (!isLoopbackUrl(url)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const call = get(url, { timeout: URL_TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      resolve((response.statusCode ?? HTTP_STATUS_BAD_MIN) < HTTP_STATUS_BAD_MIN);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    // A body without an end must not hold the probe.
    setTimeout(() => {
      call.destroy();
      resolve(false);
    }, URL_TIMEOUT_MS).unref();
  });
}
