import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { ScoringError } from '../../domain/scorer.ts';

/** Runs JavaScript that can reach nothing but what it is given. */
export class ScriptSandbox {
  readonly run = async (_source: string, _input: JsonObject, _signal: AbortSignal): Promise<JsonValue> => {
    throw new ScoringError('script_failed', 'Scripts are not run yet.');
  };

  close(): void {}
}
