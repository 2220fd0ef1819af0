/** Reads a column that only this program writes, and only as JSON of this type. */
export const fromJson = <T>(text: string): T => JSON.parse(text);
export const toJson = (value: unknown): string => JSON.stringify(value);
