import type { PlanActBody } from '@patchsteward/contract';
import { CopyLine } from '../parts/copy-line.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.decision;

interface CommandForProps {
  readonly act: PlanActBody;
  /** There is no other way here. */
  readonly open: boolean;
}

/** The line that does the same on the command line. The server that it asks is the one that served this page. */
export function CommandFor({ act, open }: CommandForProps) {
  return (
    <details className="ps-command" open={open}>
      <summary>{words.orCommand}</summary>
      <CopyLine label={words.command(words.act[act.act])} text={`${act.command} --server ${location.origin}`} />
      <p className="ps-subtle">{words.commandHelp}</p>
    </details>
  );
}
