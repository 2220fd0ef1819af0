import { z } from 'zod';
import { author, interval, type RouteContract, runParams } from './route.ts';

const id = z.number().int().positive();
const judgeParams = runParams.extend({ judge: z.string().regex(/^[0-9a-f]{16}$/) });
const message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const estimate = z.object({ value: z.number(), interval, n: z.number() }).nullable();
const agreement = {
  /** The share of outputs on which judge and people agree. */
  agreement: estimate,
  /** Cohen's κ. */
  kappa: estimate,
  /** TPR: of what people pass, the share that the judge passes. */
  sensitivity: estimate,
  /** TNR: of what people fail, the share that the judge fails. */
  specificity: estimate,
  /** Outputs that people labelled for this judge, in whatever run of the project. */
  labels: z.number(),
};
export const judgeStanding = z.object({
  /** As typed on the command line. */
  scorer: z.string(),
  /** Digest of judge model, prompt and criterion: where one of them changes, calibration starts over. */
  judge: z.string(),
  passed: z.number(),
  n: z.number(),
  /** Of the judge's own rate, passed / n. */
  interval: interval.nullable(),
  ...agreement,
  /** The share that people would have passed, or why it can't be told. */
  corrected: z.discriminatedUnion('correctable', [
    z.object({ correctable: z.literal(true), rate: z.number(), interval }),
    z.object({
      correctable: z.literal(false),
      reason: z.enum([
        'uncalibrated',
        'too_few_labels',
        'no_human_passes',
        'no_human_failures',
        'not_run',
        'worse_than_chance',
        'does_not_fit',
      ]),
    }),
  ]),
});
/** Null passes it over. */
const passed = z.boolean().nullable();
const note = z.string().max(2000);

export const judgeRoutes = {
  'GET /api/runs/:run/judges/:judge/sample': {
    summary:
      'A simple random sample of what a judge judged in a run, to be labelled in its order, without what the judge said. It is the same for everyone, and a larger one begins with the smaller.',
    params: judgeParams,
    query: z.object({ size: z.coerce.number().int().min(1).max(1000).default(100), author }),
    response: z.object({
      scorer: z.string(),
      criterion: z.string(),
      items: z.array(z.object({ result: z.number(), label: z.object({ passed, note: z.string() }).nullable() })),
    }),
  },
  'GET /api/runs/:run/judges/:judge/items/:result': {
    summary: 'An output to label, without what the judge said of it.',
    params: judgeParams.extend({ result: z.coerce.number().int().positive() }),
    response: z.object({
      result: z.number(),
      caseKey: z.string(),
      messages: z.array(message),
      output: z.string(),
      expected: z.json(),
    }),
  },
  'POST /api/runs/:run/judges/:judge/labels': {
    summary:
      "Keeps whether an output meets what the judge judges by, in a person's eyes; of one person the newest label counts. Label what the sample gives, in its order: outputs that were chosen by what the judge said of them would bias the calibration.",
    params: judgeParams,
    body: z.strictObject({ result: id, passed, note: note.default(''), author }),
    response: z.undefined(),
  },
  'GET /api/runs/:run/judges/:judge/report': {
    summary: "How far a judge says what people say, where they differ, and what that makes of the run's rate.",
    params: judgeParams,
    response: z.object({
      standing: judgeStanding,
      calibration: z.object({
        ...agreement,
        people: z.array(z.string()),
        table: z.object({
          bothPass: z.number(),
          judgeOnly: z.number(),
          humanOnly: z.number(),
          bothFail: z.number(),
        }),
        /** Outputs that people passed and failed equally often. */
        undecided: z.number(),
        /** Of the outputs that several people labelled, those on which all said the same. */
        betweenPeople: estimate,
      }),
      /** From so many labels on the rate is corrected. */
      enoughLabels: z.number(),
      disagreements: z.array(
        z.object({
          run: z.number(),
          result: z.number(),
          caseKey: z.string(),
          output: z.string(),
          judgePassed: z.boolean(),
          explanation: z.string(),
          people: z.array(z.object({ author: z.string(), passed: z.boolean(), note: z.string() })),
        }),
      ),
    }),
  },
} satisfies Record<string, RouteContract>;
