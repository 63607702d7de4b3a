import type { OriginBody } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { Failure } from '../platform/failure.ts';
import { plainText } from '../platform/text.ts';

/** `deb.debian.org/debian bookworm`. */
export function nameOf({ url, suite }: Pick<OriginBody, 'url' | 'suite'>): string {
  return `${placeOf(url)} ${suite}`;
}

function placeOf(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}

/** The one origin that a person means. */
export async function originNamed(client: Client, name: string): Promise<OriginBody> {
  const { items } = await client('origin.list', {});
  return oneNamed(items, name);
}

export function oneNamed(origins: readonly OriginBody[], name: string): OriginBody {
  const wanted = name.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
  const named = origins.filter(
    (origin) => origin.id === name || [nameOf(origin), placeOf(origin.url), origin.suite].includes(wanted),
  );
  const [one, another] = named;
  if (one === undefined) {
    throw new Failure(`there is no origin ${plainText(name)}`, 'look at "patchsteward origin list"');
  }
  if (another !== undefined) {
    const names = named.map((origin) => `"${nameOf(origin)}"`).join(', ');
    throw new Failure(`${plainText(name)} may be ${plainText(names)}`, 'name one of them in full, or by its id');
  }
  return one;
}
