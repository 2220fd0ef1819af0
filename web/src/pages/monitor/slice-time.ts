import { languageNow } from '../../app/language.ts';

const DAY = 86_400_000;

/** When a slice begins. Days are those of UTC, as the server cuts them; shorter slices are said in the reader's zone. */
export function sliceTime(start: number, sliceMs: number): string {
  const options: Intl.DateTimeFormatOptions =
    sliceMs >= DAY
      ? { month: 'short', day: 'numeric', timeZone: 'UTC' }
      : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(languageNow(), options).format(start);
}
