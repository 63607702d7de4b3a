/** Where the server listens for agents. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

const AGENT_PORT_DEFAULT = 8421;
const PORT_MAX = 65_535;
const ADDRESS = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/;

/** Reads `host`, `host:port` or `[2001:db8::1]:port`. Null when it is none of them. */
export function parseAddress(text: string): ServerAddress | null {
  const [, bracketed, named, digits] = ADDRESS.exec(text.trim()) ?? [];
  const host = bracketed ?? named;
  const port = digits === undefined ? AGENT_PORT_DEFAULT : Number(digits);
  return host === undefined || port < 1 || port > PORT_MAX ? null : { host, port };
}

export function formatAddress({ host, port }: ServerAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
