import type { PureScorer } from '../../server/domain/scorer.ts';
import { findJson } from './shared/find-json.ts';
import { judged } from './shared/score.ts';

/** The output is JSON, or holds it in one code fence. Unlike `json-schema:{}` what is not JSON fails, so that `not:json-valid` can ask for prose. */
export const jsonValid: PureScorer = {
  name: 'json-valid',
  description: 'The output is JSON, by itself or in a code fence.',
  argument: null,
  prepare:
    () =>
    ({ output }) => {
      const json = findJson(output);
      return json.found
        ? judged(true, JSON.stringify(json.value), 'The output is JSON.')
        : judged(false, null, json.reason);
    },
};
