/** Names and attributes of our cookies: HttpOnly, same site only, over TLS alone where people come in over TLS. */
export interface Cookies {
  readonly session: CookieName;
  readonly device: CookieName;
}

interface CookieName {
  readonly read: (header: string | undefined) => string | undefined;
  readonly write: (value: string, secondsMax: number) => string;
  readonly clear: () => string;
}

/** Longest value we ever set, and room. */
const VALUE_CHARACTERS_MAX = 256;

export function createCookies(overTls: boolean): Cookies {
  return { session: cookie('patchsteward-session', overTls), device: cookie('patchsteward-device', overTls) };
}

function cookie(plainName: string, overTls: boolean): CookieName {
  // The prefix makes the browser refuse the cookie from anybody but this host over TLS. // RFC 6265bis §4.1.3
  const name = overTls ? `__Host-${plainName}` : plainName;
  const attributes = `; Path=/; HttpOnly; SameSite=Strict${overTls ? '; Secure' : ''}`;
  return {
    read: (header) => cookieValue(header, name),
    write: (value, secondsMax) => `${name}=${value}${attributes}; Max-Age=${secondsMax}`,
    clear: () => `${name}=${attributes}; Max-Age=0`,
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined && value !== '' && value.length <= VALUE_CHARACTERS_MAX) return value;
  }
  return undefined;
}
