import { useId } from 'react';

interface SelectProps<Word extends string> {
  readonly label: string;
  readonly value: Word;
  readonly words: Readonly<Record<Word, string>>;
  readonly onChange: (value: Word) => void;
}

/** One of a few words, beside the search above a list; the browser's own control, which every hand and reader knows. */
export function Select<Word extends string>({ label, value, words, onChange }: SelectProps<Word>) {
  const id = useId();
  const known = Object.keys(words) as Word[]; // Object.keys forgets that the record is closed.
  return (
    <span className="ps-select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const word = known.find((one) => one === event.target.value);
          if (word !== undefined) onChange(word);
        }}
      >
        {known.map((word) => (
          <option key={word} value={word}>
            {words[word]}
          </option>
        ))}
      </select>
    </span>
  );
}
