import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ending } from '../machine/command.ts';
import type { Block, Expectation } from './guide.ts';
import { PLACE } from './inputs.ts';
import type { Scene } from './scene.ts';
import { filled, seen } from './words.ts';

/** A deployment of a host on a busy machine; everything else comes sooner. */
const AGAIN_MS_MAX = 180_000;
const LOOK_MS = 1_000;

/** Somebody who follows the guide word by word does not get on. */
export class GuideFailed extends Error {
  constructor(block: Block, line: number, what: string, output: string) {
    super(`line ${line} of the guide (${block.as} on ${block.on}): ${what}\n${block.text}\n---\n${output.trim()}`);
    this.name = 'GuideFailed';
  }
}

export interface Followed {
  /** How many blocks were run, and how many things were seen that the guide says one sees. */
  blocks: number;
  sights: number;
}

interface Outcome {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Does what the guide says, in its order, and sees what it says one sees. */
export class Follower {
  readonly followed: Followed = { blocks: 0, sights: 0 };
  readonly #scene: Scene;
  readonly #say: (line: string) => void;
  readonly #known: Map<string, string>;

  constructor(scene: Scene, say: (line: string) => void) {
    this.#scene = scene;
    this.#say = say;
    this.#known = new Map(scene.brought);
  }

  async follow(blocks: readonly Block[]): Promise<void> {
    for (const block of blocks.filter(({ when }) => when === null || PLACE.includes(when))) await this.#do(block);
  }

  async #do(block: Block): Promise<void> {
    const started = Date.now();
    const commands = this.#filled(block, block.text);
    const outcome = block.stays ? await this.#leave(block, commands) : await this.#run(block, commands);
    const tookMs = Date.now() - started;
    await this.#write(block, commands, outcome.output);
    const first = block.text.split('\n').find((line) => line.trim() !== '') ?? '';
    this.#say(`line ${block.line}  ${block.as}@${block.on}  ${first}  (${(tookMs / 1_000).toFixed(1)} s)`);
    this.followed.blocks += 1;
    this.followed.sights += block.sees.length;
  }

  /** Once, or until the reader sees what they wait for. */
  async #run(block: Block, commands: string): Promise<Outcome> {
    const terminal = await this.#scene.terminal(block.on, block.as);
    const typed = block.types.map((line) => `${this.#filled(block, line)}\n`).join('');
    const until = Date.now() + (block.again ? AGAIN_MS_MAX : 0);
    for (;;) {
      const outcome = outcomeOf(await terminal.type(commands, typed));
      const missing = this.#judge(block, outcome);
      if (missing === null) return outcome;
      if (Date.now() > until) throw await this.#failure(block, missing, outcome);
      await sleep(LOOK_MS);
    }
  }

  async #leave(block: Block, commands: string): Promise<Outcome> {
    const terminal = await this.#scene.terminal(block.on, block.as);
    const log = this.#scene.logs(`stays-${block.line}.log`);
    const { exited } = await terminal.leave(commands, log);
    const until = Date.now() + AGAIN_MS_MAX;
    for (;;) {
      const exitCode = await Promise.race([exited, sleep(LOOK_MS, null)]);
      const outcome = { exitCode, output: await readFile(log, 'utf8') };
      const missing = exitCode === null ? this.#judge(block, outcome) : { line: block.line, what: 'it ended' };
      if (missing === null) return outcome;
      if (exitCode !== null || Date.now() > until) throw await this.#failure(block, missing, outcome);
    }
  }

  /** What is not as the guide says; null: all is, and the words that stand for something new are learned. */
  #judge(block: Block, { exitCode, output }: Outcome): { line: number; what: string } | null {
    if (exitCode !== null && exitCode !== block.exit) {
      return { line: block.line, what: `it ended with ${exitCode}, and not with ${block.exit}` };
    }
    const news = new Map<string, string>();
    for (const expectation of block.sees) {
      const found = seen(output, expectation.text, new Map([...this.#known, ...news]));
      if (found === null) return missingSight(expectation);
      for (const [name, value] of found) news.set(name, value);
    }
    for (const [name, value] of news) this.#known.set(name, value);
    return null;
  }

  async #failure(block: Block, { line, what }: { line: number; what: string }, { output }: Outcome) {
    await this.#write(block, block.text, output);
    return new GuideFailed(block, line, what, output);
  }

  #filled(block: Block, text: string): string {
    try {
      return filled(text, this.#known);
    } catch (error) {
      throw new GuideFailed(block, block.line, error instanceof Error ? error.message : String(error), '');
    }
  }

  /** All that was typed and answered, for whoever wants to read it. */
  async #write({ line, as, on }: Block, commands: string, output: string): Promise<void> {
    const text = `## line ${line}: ${as} on ${on}\n${commands}\n---\n${output}\n\n`;
    await appendFile(join(this.#scene.output, 'transcript.txt'), text);
  }
}

function outcomeOf({ exitCode, stdout, stderr }: Ending): Outcome {
  return { exitCode, output: `${stdout}${stderr}` };
}

function missingSight({ line, text }: Expectation): { line: number; what: string } {
  return { line, what: `"${text}" is not to be seen` };
}
