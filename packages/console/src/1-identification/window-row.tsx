import { Action } from '../parts/action.tsx';
import { strings } from '../platform/strings.ts';
import { NTHS, type WindowDraft } from './window-draft.ts';

const words = strings.groups;

interface WindowRowProps {
  readonly index: number;
  readonly window: WindowDraft;
  readonly put: (window: WindowDraft) => void;
  readonly onRemove: () => void;
}

/** One window of a group: how often, on which day, when and how long. */
export function WindowRow({ index, window, put, onRemove }: WindowRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset is read twice
    <div className="ps-window-row" role="group" aria-label={words.window(index)}>
      <Choice
        label={words.often}
        value={window.kind}
        choices={entriesOf(words.kinds)}
        onChoose={(kind) => put({ ...window, kind })}
      />
      <DayFields window={window} put={put} />
      <label>
        {words.start}
        <input type="time" value={window.start} onChange={(event) => put({ ...window, start: event.target.value })} />
      </label>
      <label>
        {words.length}
        <input
          type="number"
          min="0.25"
          max="168"
          step="0.25"
          value={window.hours}
          onChange={(event) => put({ ...window, hours: event.target.value })}
        />
      </label>
      <Action small label={words.removeWindow(index)} disabledReason={null} onAct={onRemove}>
        {words.remove}
      </Action>
    </div>
  );
}

function DayFields({ window, put }: Pick<WindowRowProps, 'window' | 'put'>) {
  const weekday = (
    <Choice
      label={words.weekday}
      value={window.weekday}
      choices={entriesOf(words.weekdays)}
      onChoose={(day) => put({ ...window, weekday: day })}
    />
  );
  switch (window.kind) {
    case 'weekly':
      return weekday;
    case 'monthly':
      return (
        <>
          <Choice
            label={words.nth}
            value={window.nth}
            choices={NTHS.map((nth) => [nth, words.nths[nth]] as const)}
            onChoose={(nth) => put({ ...window, nth })}
          />
          {weekday}
          <label>
            {words.offsetDays}
            <input
              type="number"
              min="-27"
              max="27"
              step="1"
              value={window.offsetDays}
              onChange={(event) => put({ ...window, offsetDays: event.target.value })}
            />
          </label>
        </>
      );
    case 'once':
      return (
        <label>
          {words.date}
          <input type="date" value={window.date} onChange={(event) => put({ ...window, date: event.target.value })} />
        </label>
      );
  }
}

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [Value, string])[];
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string | number>({ label, value, choices, onChoose }: ChoiceProps<Value>) {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={(event) => {
          const found = choices.find(([choice]) => String(choice) === event.target.value);
          if (found !== undefined) onChoose(found[0]);
        }}
      >
        {choices.map(([choice, title]) => (
          <option key={choice} value={choice}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function entriesOf<Key extends string>(record: Readonly<Record<Key, string>>): [Key, string][] {
  return Object.entries(record) as [Key, string][]; // Entries forget their keys.
}
