import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunId } from '../../server/domain/ids.ts';
import type { PromptContent } from '../../server/domain/prompt.ts';
import { writeMarkdown } from '../../server/formats/markdown.ts';
import { exported, release, templateText } from './prompt-arbitrary.ts';

const content = (text: string): PromptContent => ({
  messages: [{ role: 'user', content: text }],
  parameters: { temperature: 0 },
  responseFormat: { type: 'labels', labels: ['positive', 'nega`tive'] },
});

describe('Markdown for reviewers', () => {
  it('shows what is released and on what evidence, each rate with its interval and n', () => {
    const page = writeMarkdown(exported(content('Review: {{review}}'), { release, labels: ['production'] }, 'Shorter'));
    expect(page).toContain('# Sentiment, version 2');
    expect(page).toContain('- Variables: `review`');
    expect(page).toContain('- Release: 4, approved by Grace on 2026-02-03T04:05:06.000Z');
    expect(page).toContain('- Labels: `production`');
    expect(page).toContain('```handlebars\nReview: {{review}}\n```');
    expect(page).toContain('One of `positive`, ``nega`tive``.');
    expect(page).toContain(`SHA-256 \`${'e'.repeat(64)}\``);
    expect(page).toContain(
      '| 12 | restaurant-reviews v2 | holdout | 84.0% | 71.5% to 91.7% | 50 | 3 | 1 | $0.08 | 812 ms |',
    );
    expect(page).toContain('| pass rate | not provable | 80.0% | 84.0% | 71.5% |');
    expect(page).toContain('| cost | met | 0.1 | 0.08 | – |');
  });

  it('shows why a gate that is not met was passed, and what changed against production', () => {
    const against = {
      release: 3,
      version: 1,
      model: 'openai/gpt-5',
      runs: { production: 3 as RunId, candidate: 12 as RunId },
      split: 'dev' as const,
      evalSet: 'reviews',
      n: 50,
      fixed: 12,
      broken: 3,
      difference: 0.18,
      interval: [0.025, 0.321] as const,
      pValue: 0.0352,
      verdict: 'better' as const,
    };
    const overrides = [
      { name: 'pass_rate' as const, state: 'not_provable' as const, reason: 'A | pilot\n*only*' },
      { name: 'tag' as const, tag: 'zh', state: 'missed' as const, reason: 'few' },
    ];
    const evidence = { ...release.evidence, againstProduction: [against] };
    const page = writeMarkdown(exported(content('x'), { release: { ...release, overrides, evidence } }));
    expect(page).toContain('| pass rate | not provable | A \\| pilot \\*only\\* |');
    expect(page).toContain('| tag zh | missed | few |');
    expect(page).toContain(
      '- reviews, dev: better than release 3; 12 fixed and 3 broken of 50, difference 18.0 points (95% interval 2.5 points to 32.1 points), exact p 0.035',
    );
  });

  it('says that a version is not released', () => {
    expect(writeMarkdown(exported(content('x')))).toContain('This version is not released.');
  });

  it('is never broken by what it quotes', () => {
    const hostile = fc.array(fc.oneof(templateText, fc.constantFrom('```\n# Evil', '````', '\n~~~\n', '</details>')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(hostile, (pieces) => {
        const text = pieces.join('');
        const lines = writeMarkdown(exported(content(text))).split('\n');
        const opening = lines.findIndex((line) => /^`+handlebars$/.test(line));
        const fence = lines[opening]?.replace('handlebars', '') ?? '';
        const closing = lines.findIndex((line, index) => index > opening && line.startsWith(fence));
        expect(lines.slice(opening + 1, closing).join('\n')).toBe(text);
      }),
    );
  });

  it('shows names as text, whatever is in them', () => {
    const page = writeMarkdown(
      exported(content('x'), { prompt: { slug: 'a', name: 'A *b*\n# <script>' }, project: 'a`b|c' }),
    );
    expect(page).toContain('# A \\*b\\* \\# \\<script\\>, version 2');
    expect(page).toContain('- Project: ``a`b\\|c``');
  });
});
