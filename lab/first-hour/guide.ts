/** What the guide says to do: a fenced block whose first line says who does it, and where. */
export interface Block {
  /** Of the guide, where the block begins: its first command. */
  readonly line: number;
  readonly on: string;
  /** Whose terminal; on a host it is root's. */
  readonly as: string;
  readonly text: string;
  /** Lines that are typed while it runs. */
  readonly types: readonly string[];
  /** The exit code that is right here. */
  readonly exit: number;
  /** The reader repeats it until they see what is said. */
  readonly again: boolean;
  /** It goes on running in a terminal of its own. */
  readonly stays: boolean;
  /** Only where this holds of the place; null: always. */
  readonly when: string | null;
  readonly sees: readonly Expectation[];
}

/** A line of a block `sees`: what the reader is told to look for. */
export interface Expectation {
  readonly line: number;
  readonly text: string;
}

export class GuideUnreadable extends Error {
  constructor(line: number, what: string) {
    super(`line ${line} of the guide: ${what}`);
    this.name = 'GuideUnreadable';
  }
}

interface Fence {
  readonly line: number;
  readonly info: readonly string[];
  readonly lines: readonly string[];
}

/** The commands of the guide, in its order. A fence that is neither `sh` nor `sees` could hide a command: it is refused. */
export function readGuide(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const fence of fencesOf(markdown)) {
    const [language = ''] = fence.info;
    if (language === 'sh') blocks.push(blockOf(fence));
    else if (language === 'sees') blocks.push(withExpectations(blocks.pop(), fence));
    else throw new GuideUnreadable(fence.line, `a block is "sh" or "sees", and not "${language}"`);
  }
  return blocks;
}

function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  let open: { line: number; info: string[]; lines: string[] } | null = null;
  for (const [index, text] of markdown.split('\n').entries()) {
    if (!text.startsWith('```')) open?.lines.push(text);
    else if (open === null) open = { line: index + 2, info: text.slice(3).trim().split(/\s+/), lines: [] };
    else {
      fences.push(open);
      open = null;
    }
  }
  if (open !== null) throw new GuideUnreadable(open.line, 'the block does not end');
  return fences;
}

const FLAGS = ['again', 'stays'];
const VALUES = ['on', 'as', 'types', 'exit', 'when'];

function blockOf({ line, info, lines }: Fence): Block {
  const marks = new Map(
    info.slice(1).map((mark) => {
      const [name = '', ...value] = mark.split('=');
      const known = value.length === 0 ? FLAGS : VALUES;
      if (!known.includes(name)) throw new GuideUnreadable(line - 1, `nobody knows what "${mark}" means`);
      return [name, value.join('=')] as const;
    }),
  );
  const on = marks.get('on');
  if (on === undefined) throw new GuideUnreadable(line - 1, 'the block does not say where it is run: on=…');
  return {
    ...{ line, on, as: marks.get('as') ?? 'root', text: lines.join('\n') },
    types: marks.get('types')?.split(',') ?? [],
    exit: Number(marks.get('exit') ?? 0),
    again: marks.has('again'),
    stays: marks.has('stays'),
    when: marks.get('when') ?? null,
    sees: [],
  };
}

function withExpectations(block: Block | undefined, { line, lines }: Fence): Block {
  if (block === undefined || block.sees.length > 0) throw new GuideUnreadable(line, 'what is seen follows one block');
  const sees = lines
    .map((text, index) => ({ line: line + index, text: text.trim() }))
    .filter(({ text }) => text !== '');
  if (sees.length === 0) throw new GuideUnreadable(line, 'nothing is seen');
  return { ...block, sees };
}
