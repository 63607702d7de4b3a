import type { SimulatedChange } from '../acting.ts';

/** `Inst NAME[:ARCH] [FROM] (TO ORIGINS [ARCH]) …`, without `[FROM]` for a package that is new. */
const INSTALL = /^Inst (\S+?)(?::(\S+))?(?: \[(\S+)\])? \((\S+) (?:.* )?\[(\S+)\]\)/;
/** `Remv NAME[:ARCH] [FROM] …`; `Purg` where the configuration goes as well. */
const REMOVE = /^(?:Remv|Purg) (\S+?)(?::(\S+))?(?: \[(\S+)\])?(?: |$)/;

/** Reads the answer of `apt-get --simulate`. // apt-get(8) */
export function parseSimulation(text: string): SimulatedChange[] {
  return text.split('\n').flatMap((line): SimulatedChange[] => {
    const install = INSTALL.exec(line);
    if (install?.[1] !== undefined) {
      return [{ name: install[1], architecture: install[5] ?? null, from: install[3] ?? null, to: install[4] ?? null }];
    }
    const remove = REMOVE.exec(line);
    if (remove?.[1] === undefined) return [];
    return [{ name: remove[1], architecture: remove[2] ?? null, from: remove[3] ?? null, to: null }];
  });
}
