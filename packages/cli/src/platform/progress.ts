import { type OutputStream, terminalColumns } from './streams.ts';
import { cutToColumns, plainText } from './text.ts';

/** Ten times a second looks alive and costs nothing. */
const REPAINT_INTERVAL_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

/** One line on a terminal that says what is going on. Elsewhere it says nothing: logs want no animation. */
export class Progress {
  private readonly stream: OutputStream;
  private readonly now: () => number;
  private paintedAt = Number.NEGATIVE_INFINITY;

  constructor(stream: OutputStream, now: () => number = () => performance.now()) {
    this.stream = stream;
    this.now = now;
  }

  /** Shows what is being done, and how far it is where the end is known. */
  show(what: string, done?: number, total?: number): void {
    const columns = terminalColumns(this.stream);
    const now = this.now();
    if (columns === null || now - this.paintedAt < REPAINT_INTERVAL_MS) return;

    this.paintedAt = now;
    this.stream.write(ERASE_LINE + cutToColumns(plainText(what + share(done, total)), columns - 1));
  }

  /** Takes the line away; whatever is printed next starts on a clean one. */
  clear(): void {
    if (this.paintedAt === Number.NEGATIVE_INFINITY) return;
    this.paintedAt = Number.NEGATIVE_INFINITY;
    this.stream.write(ERASE_LINE);
  }
}

function share(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  if (total === undefined || total === 0) return ` ${done.toLocaleString('en')}`;
  return ` ${Math.floor((100 * done) / total)} %`;
}
