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
export const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.flatMap((one) => text(one) ?? []) : undefined;
export const textValues = (value: unknown): Record<string, string> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([name, one]) => [[name, text(one) ?? '']]))
    : undefined;
