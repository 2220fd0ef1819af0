/** Readers of what an address carries after its question mark: whatever a person typed there, a page gets what it can use or nothing. */
export const wholeNumber = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== '' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
};
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
export const oneOf =
  <const Choice extends string>(...choices: Choice[]) =>
  (value: unknown): Choice | undefined =>
    choices.find((choice) => choice === value);
