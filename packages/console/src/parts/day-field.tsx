import { useId } from 'react';

interface DayFieldProps {
  readonly label: string;
  /** `2026-05-01`; none: today. */
  readonly value: string | undefined;
  readonly onChange: (day: string | undefined) => void;
}

/** A day of the past, UTC as everything that the record dates. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  const id = useId();
  return (
    <div className="ps-day-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        max={new Date().toISOString().slice(0, 10)}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      />
    </div>
  );
}
