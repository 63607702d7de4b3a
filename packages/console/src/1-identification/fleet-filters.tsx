import type { ReactNode } from 'react';
import { Select } from '../parts/select.tsx';

const ANY = 'any';

interface FilterProps<Word extends string> {
  readonly label: string;
  readonly value: Word | undefined;
  readonly words: Readonly<Record<Word | typeof ANY, string>>;
  readonly onChange: (value: Word | undefined) => void;
}

/** One of a few words, or none of them. */
export function Filter<Word extends string>({ label, value, words, onChange }: FilterProps<Word>) {
  return (
    <Select<Word | typeof ANY>
      label={label}
      value={value ?? ANY}
      words={words}
      onChange={(word) => onChange(word === ANY ? undefined : word)}
    />
  );
}

interface ReleaseFilterProps {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly scopes: readonly string[];
  readonly onChange: (value: string | undefined) => void;
}

/** The releases that the fleet has; one that an old link names stays selectable. */
export function ReleaseFilter({ label, any, value, scopes, onChange }: ReleaseFilterProps) {
  const known = [...new Set([...scopes, ...(value === undefined ? [] : [value])])].sort();
  const words = Object.fromEntries([[ANY, any], ...known.map((scope) => [scope, scope])]);
  return (
    <Select
      label={label}
      value={value ?? ANY}
      words={words}
      onChange={(word) => onChange(word === ANY ? undefined : word)}
    />
  );
}

/** The filters of a list, in lines that break where the window is narrow. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <div className="ps-filters">{children}</div>;
}
