import { afterAll, describe, expect, it } from 'vitest';
import { ScriptSandbox } from '../../../server/services/evaluate/script-sandbox.ts';

const sandbox = new ScriptSandbox();
afterAll(() => sandbox.close());

const input = { output: 'Rome', expected: 'rome', variables: { question: 'Capital?' }, messages: [] };
const run = (source: string) => sandbox.run(source, input, new AbortController().signal);

describe('a script', () => {
  it('is an expression or statements, and sees the output, the expected value and the variables', async () => {
    expect(await run('output.toLowerCase() === expected')).toBe(true);
    expect(
      await run('const same = output === expected;\nreturn { value: same ? 1 : 0.5, question: variables.question };'),
    ).toEqual({
      value: 0.5,
      question: 'Capital?',
    });
    expect(await run('output.length // letters')).toBe(4);
    expect(await run('// first a comment\nreturn [...output].length')).toBe(4);
  });

  it.each([
    ['(() => { for (;;); })()', /longer than 1 s/],
    ['(() => { const all = []; for (;;) all.push(new ArrayBuffer(10_000_000)); })()', /more than 32 MB|broke|ended/],
    [
      '(() => { const all = []; for (;;) all.push("x".repeat(1000) + all.length); })()',
      /more than 32 MB|longer|broke|ended/,
    ],
    ['"x".repeat(1e9)', /./],
    ['(function f() { f(); })()', /./],
    ['/(a+)+$/.test("a".repeat(40) + "b")', /./],
    ['process.exit(1)', /process/],
    ['require("node:fs")', /require/],
    ['fetch("http://127.0.0.1")', /fetch/],
    ['import("node:fs")', /nothing|./],
    ['globalThis.constructor.constructor("return process")()', /process/],
    ['undefined', /returned nothing/],
    ['output.nothing.at', /TypeError/],
    ['this is no script', /SyntaxError/],
    ['({ toJSON() { throw new Error("no"); } })', /no/],
  ])('harms nothing: %s', async (source, message) => {
    await expect(run(source)).rejects.toMatchObject({ code: 'script_failed', message: expect.stringMatching(message) });
    expect(process.memoryUsage().rss).toBeLessThan(1_500_000_000);
    expect(await run('output')).toBe('Rome');
  });

  it('keeps nothing from one to the next', async () => {
    await run('(() => { globalThis.kept = 1; Array.prototype.map = null; return 1; })()');
    expect(await run('typeof kept + typeof [].map')).toBe('undefinedfunction');
  });

  it('is not begun when the run has ended', async () => {
    const ended = AbortSignal.abort(new Error('the run ended'));
    await expect(sandbox.run('1', input, ended)).rejects.toThrow('the run ended');
  });
});
