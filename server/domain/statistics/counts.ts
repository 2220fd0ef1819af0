/** Throws a RangeError that names the first of the counts that is not a whole number from 0 to `most`. */
export function requireCounts(counts: Readonly<Record<string, number>>, most = Infinity): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0 || count > most) {
      const range = most === Infinity ? 'from 0 up' : `from 0 to ${most}`;
      throw new RangeError(`${name} must be a whole number ${range}, not ${count}`);
    }
  }
}
