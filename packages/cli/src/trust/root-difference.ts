import { keyIdOf } from '@patchsteward/trust/keys';
import type { RootPerson, TrustRoot } from '@patchsteward/trust/root';
import { plainText } from '../platform/text.ts';
import { momentText } from '../platform/time-text.ts';
import { listed } from '../platform/words.ts';
import { keyText } from './key-text.ts';

/** One thing that the next version says otherwise, for those who sign it. */
export interface RootDifference {
  readonly sign: '+' | '-' | '~';
  readonly what: string;
}

/** Everything that differs: who signs a root signs this. */
export function differencesOf(before: TrustRoot, after: TrustRoot): readonly RootDifference[] {
  return [
    ...changed('organization', before.organization, after.organization),
    ...changed('profile', before.profile, after.profile),
    ...changed('signatures that roots need', String(before.threshold), String(after.threshold)),
    ...changed('signers of roots', listed(before.rootSigners), listed(after.rootSigners)),
    ...changed('certificate authority', before.authority ?? 'none', after.authority ?? 'none'),
    ...changed('rules of the lanes', JSON.stringify(before.lanes), JSON.stringify(after.lanes)),
    ...changed('good until', timeText(before.expiresAt), timeText(after.expiresAt)),
    ...compared(lines(before.people.map(personLine)), lines(after.people.map(personLine))),
    ...compared(lines(before.people.flatMap(keyLines)), lines(after.people.flatMap(keyLines))),
    ...compared(lines(machineLines(before)), lines(machineLines(after))),
  ];
}

function changed(name: string, before: string, after: string): readonly RootDifference[] {
  return before === after ? [] : [{ sign: '~', what: `${name}: ${plainText(before)} -> ${plainText(after)}` }];
}

function compared(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly RootDifference[] {
  const gone = [...before].filter((line) => !after.has(line)).map((what) => ({ sign: '-' as const, what }));
  const added = [...after].filter((line) => !before.has(line)).map((what) => ({ sign: '+' as const, what }));
  return [...gone, ...added];
}

function personLine({ login, name, roles }: RootPerson): string {
  return `person ${plainText(login)}  ${plainText(name)}  ${roles.length === 0 ? 'no role' : roles.join(', ')}`;
}

function keyLines({ login, keys }: RootPerson): readonly string[] {
  return keys.map((each) => `key of ${plainText(login)}  ${keyIdOf(each.key)}  ${keyText(each.key)}, ${each.class}`);
}

function machineLines({ machines }: TrustRoot): readonly string[] {
  return machines.map(({ name, role, key }) => `machine ${plainText(name)}  ${role}  ${keyIdOf(key)}`);
}

function lines(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts);
}

function timeText(at: number): string {
  return momentText(new Date(at).toISOString());
}
