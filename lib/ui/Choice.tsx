export interface ChoiceProps {
  readonly legend: string;
  readonly name: string;
  /** The first one is chosen. */
  readonly options: readonly { value: string; name: string; hint: string }[];
}

/** A few options of which one is chosen, each with what it means. */
export function Choice({ legend, name, options }: ChoiceProps) {
  return (
    <fieldset class="choice">
      <legend class="field__label">{legend}</legend>
      <div class="choice__options">
        {options.map((option, index) => (
          <label class="choice__option" key={option.value}>
            <input type="radio" name={name} value={option.value} defaultChecked={index === 0} />
            <span>
              <strong>{option.name}</strong>
              <small>{option.hint}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
