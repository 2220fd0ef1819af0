import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateFact, type SpineFacts, type StageName, spineOf } from '../../server/domain/spine.ts';
import { spine as spineContract } from '../../server/http/contract/projects.ts';

const nothing: SpineFacts = {
  scopeWritten: false,
  target: null,
  prompts: 0,
  versions: 0,
  cases: { dev: 0, holdout: 0 },
  runs: { completed: 0, running: 0 },
  bestDev: null,
  holdout: null,
  failures: { withoutNote: 0, withCategory: 0 },
  releases: 0,
  openRequest: null,
  production: null,
  observations: 0,
  thumbsDownOpen: 0,
};
const rate = (passRate: number, standIn = false): RateFact => ({
  passRate,
  interval: [passRate - 0.1, passRate + 0.05],
  noAnswer: 0,
  n: 50,
  standIn,
});
const ready: SpineFacts = {
  ...nothing,
  scopeWritten: true,
  target: 0.8,
  prompts: 1,
  versions: 3,
  cases: { dev: 50, holdout: 20 },
};
const evaluated: SpineFacts = { ...ready, runs: { completed: 2, running: 0 }, bestDev: rate(0.84) };
const released: SpineFacts = { ...evaluated, holdout: rate(0.82), releases: 1 };

const next = (facts: SpineFacts) => spineOf(facts).next.step.code;
const stage = (facts: SpineFacts, name: StageName) => spineOf(facts).stages.find((one) => one.stage === name);

describe('the next step', () => {
  it.each<[string, SpineFacts]>([
    ['write_scope', nothing],
    ['write_prompt', { ...ready, versions: 0 }],
    ['first_cases', { ...ready, cases: { dev: 0, holdout: 0 } }],
    ['first_run', ready],
    ['watch_run', { ...ready, runs: { completed: 0, running: 1 } }],
    ['run_model', { ...evaluated, bestDev: rate(0.95, true) }],
    ['run_model', { ...evaluated, bestDev: null }],
    ['set_target', { ...evaluated, target: null }],
    ['read_failures', { ...evaluated, target: 0.9, failures: { withoutNote: 4, withCategory: 0 } }],
    ['new_version', { ...evaluated, target: 0.9, failures: { withoutNote: 0, withCategory: 4 } }],
    ['make_holdout', { ...evaluated, cases: { dev: 50, holdout: 0 } }],
    ['run_holdout', evaluated],
    ['run_holdout', { ...evaluated, holdout: rate(0.9, true) }],
    ['improve_on_dev', { ...evaluated, holdout: rate(0.7) }],
    ['approve', { ...evaluated, holdout: rate(0.82) }],
    ['decide_request', { ...released, openRequest: 4 }],
    ['decide_request', { ...evaluated, openRequest: 4 }],
    ['set_production', released],
    ['report_calls', { ...released, production: { release: 1, version: 3 } }],
    ['watch', { ...released, production: { release: 1, version: 3 }, observations: 9 }],
    ['take_observations', { ...released, production: { release: 1, version: 3 }, observations: 9, thumbsDownOpen: 2 }],
  ])('is %s', (code, facts) => {
    expect(next(facts)).toBe(code);
  });
});

describe('the stages', () => {
  it('are all open where nothing was done', () => {
    expect(spineOf(nothing).stages.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open', 'open']);
  });

  it('tell a prompt without a version from none', () => {
    expect(stage({ ...nothing, prompts: 1 }, 'prototype')?.evidence.code).toBe('prompt_without_version');
  });

  it('say the best rate with its interval and n', () => {
    expect(stage(evaluated, 'evaluate')).toEqual({
      stage: 'evaluate',
      state: 'done',
      evidence: { code: 'best_dev', values: { rate: 0.84, lo: 0.74, hi: 0.89, n: 50 } },
    });
  });

  it('come back to improving when production brings complaints', () => {
    const facts = { ...released, production: { release: 1, version: 3 }, observations: 9, thumbsDownOpen: 2 };
    expect(stage(facts, 'improve')?.state).toBe('attention');
    expect(stage(facts, 'deploy')?.evidence.values).toEqual({ release: 1, version: 3, count: 9 });
  });
});

const rateFact = (standIn: fc.Arbitrary<boolean>) =>
  fc.record({
    passRate: fc.double({ min: 0, max: 1, noNaN: true }),
    interval: fc.constant<readonly [number, number]>([0, 1]),
    noAnswer: fc.nat(9),
    n: fc.integer({ min: 1, max: 99 }),
    standIn,
  });
const factsWith = (standIn: fc.Arbitrary<boolean>): fc.Arbitrary<SpineFacts> =>
  fc.record({
    scopeWritten: fc.boolean(),
    target: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    prompts: fc.nat(3),
    versions: fc.nat(3),
    cases: fc.record({ dev: fc.nat(2), holdout: fc.nat(2) }),
    runs: fc.record({ completed: fc.nat(3), running: fc.nat(2) }),
    bestDev: fc.option(rateFact(standIn)),
    holdout: fc.option(rateFact(standIn)),
    failures: fc.record({ withoutNote: fc.nat(3), withCategory: fc.nat(3) }),
    releases: fc.constant(0),
    openRequest: fc.constant(null),
    production: fc.constant(null),
    observations: fc.nat(2),
    thumbsDownOpen: fc.nat(2),
  });

it('never takes the stand-in for evidence', () => {
  fc.assert(
    fc.property(factsWith(fc.constant(true)), (facts) => {
      const { stages, next } = spineOf(facts);
      expect(['approve', 'run_holdout', 'improve_on_dev']).not.toContain(next.step.code);
      const [, , evaluate, improve, deploy] = stages;
      expect(evaluate?.state).not.toBe('done');
      expect(improve?.state).not.toBe('done');
      expect(deploy?.state).toBe('open');
    }),
  );
});

it('keeps the contract, and both languages have a text for whatever it says', () => {
  const texts = ['en', 'zh-CN'].map((language) => {
    const file = new URL(`../../web/src/locales/${language}/projects.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).spine;
  });
  fc.assert(
    fc.property(factsWith(fc.boolean()), (facts) => {
      const spine = spineContract.parse(spineOf(facts));
      for (const { evidence, next } of texts) {
        for (const { code } of spine.stages.map((one) => one.evidence)) {
          expect(evidence[code] ?? evidence[`${code}_other`], code).toBeTypeOf('string');
        }
        const { code } = spine.next.step;
        expect(next[code] ?? next[`${code}_other`], code).toBeTypeOf('string');
      }
    }),
  );
});
