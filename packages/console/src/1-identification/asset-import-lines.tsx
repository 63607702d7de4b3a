import type { AssetImported, ImportedLine } from '@patchsteward/contract';
import { GoodIcon, WarningIcon } from '../parts/icons.ts';
import { Tag, type Tone } from '../parts/tag.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.imports;
/** As many as somebody reads; the command line has all of them. */
const LINES_SHOWN = 100;

/** What an import does or did, line by line: what a person must see comes first. */
export function ImportedLines({ imported }: { readonly imported: AssetImported }) {
  const { added, changed, unchanged, refused, columns, items, total } = imported;
  const unknown = columns.filter(({ field }) => field === null).map(({ header }) => header);
  const shown = items.slice(0, LINES_SHOWN);
  return (
    <>
      <p>{words.counts(added, changed, unchanged, refused)}</p>
      {unknown.length > 0 && <p className="ps-subtle">{words.unknownColumns(unknown.join(', '))}</p>}
      <ul className="ps-import-lines" aria-label={words.linesLabel}>
        {shown.map((line) => (
          <Line key={`${line.line} ${line.name}`} line={line} />
        ))}
      </ul>
      {total > shown.length && <p className="ps-subtle">{words.more(total - shown.length)}</p>}
    </>
  );
}

const TONES: Readonly<Record<ImportedLine['outcome'], Tone>> = {
  added: 'good',
  changed: 'info',
  unchanged: 'plain',
  refused: 'warning',
};

function Line({ line: { line, name, outcome, problems, changes } }: { readonly line: ImportedLine }) {
  return (
    <li>
      <span className="ps-subtle">{words.line(line)}</span>
      <span className="ps-break">{name}</span>
      <Tag
        tone={TONES[outcome]}
        {...(outcome === 'refused' ? { icon: WarningIcon } : {})}
        {...(outcome === 'added' ? { icon: GoodIcon } : {})}
      >
        {words.outcomes[outcome]}
      </Tag>
      <span className="ps-break">
        {[...problems, ...changes.map((change) => changeWords(outcome, change))].join(' · ')}
      </span>
    </li>
  );
}

/** What is added had nothing before. */
function changeWords(outcome: ImportedLine['outcome'], { field, before, after }: ImportedLine['changes'][number]) {
  return outcome === 'added' ? words.is(field, after) : words.from(field, before, after);
}
