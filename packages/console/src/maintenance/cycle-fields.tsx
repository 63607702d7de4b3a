import { CheckField } from '../parts/check-field.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { strings } from '../platform/strings.ts';
import { MONTHS, type PlanDraft } from './plan-draft.ts';

const words = strings.maintenance;
const OFFSET_CHARACTERS_MAX = 3;
const DATES_CHARACTERS_MAX = 1_024;

interface CycleFieldsProps {
  readonly draft: PlanDraft;
  readonly put: (change: Partial<PlanDraft>) => void;
}

/** How often a plan comes round. */
export function CycleFields({ draft, put }: CycleFieldsProps) {
  return (
    <>
      <ChoiceField label={words.cycle} value={draft.kind} words={words.kinds} onChange={(kind) => put({ kind })} />
      <DayFields draft={draft} put={put} />
    </>
  );
}

function DayFields({ draft, put }: CycleFieldsProps) {
  const weekday = (
    <ChoiceField
      label={words.weekday}
      value={draft.weekday}
      words={strings.groups.weekdays}
      onChange={(day) => put({ weekday: day })}
    />
  );
  switch (draft.kind) {
    case 'weekly':
      return weekday;
    case 'monthly':
      return (
        <>
          <ChoiceField
            label={words.nth}
            value={draft.nth}
            words={strings.groups.nths}
            onChange={(nth) => put({ nth })}
          />
          {weekday}
          <TextField
            label={words.offsetDays}
            value={draft.offsetDays}
            onChange={(offsetDays) => put({ offsetDays })}
            charactersMax={OFFSET_CHARACTERS_MAX}
          />
          <Months months={draft.months} put={(months) => put({ months })} />
        </>
      );
    case 'announced':
      return (
        <TextField
          label={words.dates}
          help={words.datesHelp}
          value={draft.dates}
          onChange={(dates) => put({ dates })}
          charactersMax={DATES_CHARACTERS_MAX}
        />
      );
  }
}

function Months({
  months,
  put,
}: {
  readonly months: readonly number[];
  readonly put: (months: readonly number[]) => void;
}) {
  const changed = (month: number, on: boolean): number[] =>
    MONTHS.filter((one) => (one === month ? on : months.includes(one)));
  return (
    <fieldset className="ps-bulk-fields">
      <legend>{words.months}</legend>
      <div className="ps-choices">
        {MONTHS.map((month) => (
          <CheckField
            key={month}
            label={words.monthNames[month - 1] ?? ''}
            checked={months.includes(month)}
            onChange={(on) => put(changed(month, on))}
          />
        ))}
      </div>
    </fieldset>
  );
}
