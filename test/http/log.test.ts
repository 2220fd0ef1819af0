import { describe, expect, it } from 'vitest';
import { createLog } from '../../server/http/log.ts';

describe('the log', () => {
  it('has a line of JSON for each error, with what looks like a key and what is known as one masked', () => {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line) }, () => ['hunter2-hunter2']);
    const cause = new Error('bob@example.com, 13800138000 at 127.0.0.1:80');
    log.error({ err: new Error('refused: Bearer abcdefgh12345678, hunter2-hunter2', { cause }) }, 'unexpected error');
    log.info('not worth a line');
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '');
    expect(line).toMatchObject({ level: 50, msg: 'unexpected error' });
    expect(line.err.message).toContain('refused: Bearer');
    expect(lines[0]).not.toMatch(/abcdefgh12345678|hunter2|bob@|13800138000/);
    expect(lines[0]).toContain('[email], [phone] at 127.0.0.1:80');
    expect(lines[0]?.endsWith('\n')).toBe(true);
  });

  it('has its line also where a key stands in quotes', () => {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line) }, () => []);
    log.error({ err: new Error('"https://example.com/?api_key=abcdefgh1234" said no: "token abc') }, 'request failed');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      err: { message: '"https://example.com/?api_key=••••" said no: "token abc' },
    });
  });
});
