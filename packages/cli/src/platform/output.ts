import { styleText } from 'node:util';
import { Failure, ReaderGone } from './failure.ts';
import { type Environment, hasColors, type OutputStream, terminalColumns } from './streams.ts';
import { meaningOf, systemCode } from './system-error.ts';
import { type Column, renderTable } from './table.ts';

type Style = Parameters<typeof styleText>[0];

/** Where the answer of a command goes: standard output, and nothing but the answer. */
export class Output {
  private readonly stream: OutputStream;
  private readonly colors: boolean;
  private readonly columns: number | null;

  constructor(stream: OutputStream, environment: Environment) {
    this.stream = stream;
    this.colors = hasColors(stream, environment);
    this.columns = terminalColumns(stream);
    // The callback of each write receives the error; without a listener it would also end the process.
    stream.on('error', () => {});
  }

  /** Writes text as it is, and waits until the stream took it: a slow reader slows the command, not its memory. */
  async write(text: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.stream.write(text, (error) => (error ? reject(writeFailure(error)) : resolve()));
    });
  }

  /** One JSON document and a line feed. */
  async json(value: unknown): Promise<void> {
    await this.write(`${jsonText(value, 2)}\n`);
  }

  /** One JSON document per line, for answers that are streams. */
  async jsonLines(values: readonly unknown[]): Promise<void> {
    await this.write(values.map((value) => `${jsonText(value, 0)}\n`).join(''));
  }

  async table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<void> {
    await this.write(renderTable(columns, rows, { columns: this.columns, colors: this.colors }));
  }

  /** Text in a color or weight where the output has colors. The text must be plain already. */
  styled(style: Style, text: string): string {
    return this.colors ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** JSON leaves the C1 controls as they are, and a terminal would obey them. */
function jsonText(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[\u007f-\u009f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
}

function writeFailure(error: Error): Error {
  const code = systemCode(error);
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return new ReaderGone(error);
  const { what, advice } = meaningOf(error);
  return new Failure(`cannot write the answer: ${what}`, advice, { cause: error });
}
