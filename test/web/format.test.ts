import { describe, expect, it, vi } from 'vitest';

const language = vi.hoisted(() => ({ now: 'en' }));
vi.mock('../../web/src/app/language.ts', () => ({ languageNow: () => language.now }));

const {
  formatAgo,
  formatBytes,
  formatCompact,
  formatDuration,
  formatInterval,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
} = await import('../../web/src/components/format.ts');

describe('figures', () => {
  it('show a rate with one digit and its interval in percent', () => {
    expect(formatPercent(0.84)).toBe('84.0%');
    expect(formatInterval([0.714858, 0.916626])).toBe('[71.5–91.7]');
    expect(formatInterval([-0.3461, -0.2751])).toBe('[-34.6, -27.5]');
  });

  it('sign a difference, and nothing but a difference', () => {
    expect([formatPoints(0.042), formatPoints(-0.042), formatPoints(0)]).toEqual(['+4.2', '-4.2', '0.0']);
  });

  it('give small sums the digits that they need, and an unknown price none', () => {
    expect([12.3, 0.5, 0.025, 0.0012, 0].map(formatMoney)).toEqual(['$12.30', '$0.50', '$0.025', '$0.0012', '$0.00']);
    expect(formatMoney(null)).toBe('–');
  });

  it('say a time span in the two units that matter', () => {
    const spans = [0, 850, 3_240, 59_999, 65_000, 3_600_000, 7_384_000];
    expect(spans.map(formatDuration)).toEqual(['0ms', '850ms', '3.2s', '60s', '1m 5s', '1h 0m', '2h 3m']);
    expect(formatDuration(null)).toBe('–');
  });

  it('say the size of a file and of memory, and two of them in one unit', () => {
    expect([98_362_432, 450_000, 1_300_000_000].map((bytes) => formatBytes(bytes))).toEqual([
      '98 MB',
      '0.5 MB',
      '1.3 GB',
    ]);
    expect(formatBytes(43_000_000, 2_500_000_000)).toBe('0 GB');
    expect(formatBytes(430_000_000, 2_500_000_000)).toBe('0.4 GB');
  });

  it('say how many parameters a model has', () => {
    expect([134_515_008, 1.5e9, 70e9].map(formatCompact)).toEqual(['135M', '1.5B', '70B']);
  });

  it('say how long ago something was', () => {
    const now = Date.parse('2026-11-24T12:00:00Z');
    const at = (ms: number) => formatAgo(new Date(now - ms).toISOString(), now);
    expect([at(1_000), at(5 * 60_000), at(3 * 3_600_000), at(86_400_000)]).toEqual([
      'now',
      '5 minutes ago',
      '3 hours ago',
      'yesterday',
    ]);
  });

  it('follow the language', () => {
    language.now = 'zh-CN';
    expect([formatNumber(1234), formatMoney(0.5), formatDuration(3_240)]).toEqual(['1,234', '$0.50', '3.2秒']);
    language.now = 'en';
  });
});
