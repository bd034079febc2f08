import type { ComponentChildren } from "preact";

interface InputAttributes {
  readonly value?: string;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly max?: string;
  readonly inputMode?: "numeric";
}

/** One member per type: Preact's types tell inputs apart by it. */
export type FieldInput =
  | InputAttributes & { readonly type: "text" }
  | InputAttributes & { readonly type: "password" }
  | InputAttributes & { readonly type: "date" }
  | InputAttributes & { readonly type: "email" };

export interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly input: FieldInput;
}

/** A labelled input with its hint, and with what is wrong with it. */
export function Field({ label, name, hint, problem, input }: FieldProps) {
  const described = describedBy(name, { hint, problem });
  return (
    <div class="field">
      <label class="field__label" for={name}>{label}</label>
      <input {...input} {...described.aria} class="input" id={name} name={name} />
      {described.notes}
    </div>
  );
}

export interface TextAreaProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly area: {
    readonly rows: number;
    readonly value: string;
    readonly lang?: string;
    readonly maxLength?: number;
  };
}

/** The same for a text of several lines. */
export function TextArea({ label, name, hint, problem, area }: TextAreaProps) {
  const described = describedBy(name, { hint, problem });
  return (
    <div class="field">
      <label class="field__label" for={name}>{label}</label>
      <textarea {...area} {...described.aria} class="input input--area" id={name} name={name} />
      {described.notes}
    </div>
  );
}

/** What stands below an input, and how the input refers to it. */
function describedBy(
  name: string,
  { hint, problem }: { readonly hint?: string; readonly problem?: string },
) {
  const hintId = hint && `${name}-hint`;
  const problemId = problem && `${name}-problem`;
  return {
    aria: {
      "aria-invalid": problem ? "true" : undefined,
      "aria-describedby": [problemId, hintId].filter(Boolean).join(" ") || undefined,
    } as const,
    notes: (
      <>
        {problem && <p class="field__problem" id={problemId}>{problem}</p>}
        {hint && <p class="field__hint" id={hintId}>{hint}</p>}
      </>
    ),
  };
}

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange?: (value: string) => void;
}

export function Select({ label, name, value, options, onChange }: SelectProps) {
  return (
    <div class="field">
      <label class="field__label" for={name}>{label}</label>
      <select
        class="input"
        id={name}
        name={name}
        value={value}
        onChange={onChange && ((event) => onChange(event.currentTarget.value))}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface FilterBarProps {
  readonly label: string;
  readonly action: string;
  readonly apply: string;
  /** With a script the fields act at once, and no button is needed. */
  readonly actsAtOnce?: boolean;
  readonly children: ComponentChildren;
}

/** A row of fields that filters by the address, so it works without script and can be shared. */
export function FilterBar({ label, action, apply, actsAtOnce, children }: FilterBarProps) {
  return (
    <form class="filters" action={action} method="get" role="search" aria-label={label}>
      {children}
      {!actsAtOnce && <button class="button" type="submit">{apply}</button>}
    </form>
  );
}
