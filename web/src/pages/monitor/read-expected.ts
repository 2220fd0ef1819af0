import type { Observation } from './observation.ts';

type Json = Observation['input'][string];

/** Of what kind the expected values of a set are, by one of them; a text where there is none yet. */
export function expectedKind(sample: Json | undefined): 'text' | 'number' | 'boolean' | 'json' {
  if (typeof sample === 'number' || typeof sample === 'boolean')
    return typeof sample === 'number' ? 'number' : 'boolean';
  return sample === undefined || sample === null || typeof sample === 'string' ? 'text' : 'json';
}

/** What a person typed as a value of that kind; undefined where it is none. */
export function readExpected(typed: string, kind: ReturnType<typeof expectedKind>): Json | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (kind === 'text') return text;
  try {
    const value: Json = JSON.parse(text);
    return kind === 'json' || typeof value === kind ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
