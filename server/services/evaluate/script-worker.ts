import { parentPort } from 'node:worker_threads';
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  shouldInterruptAfterDeadline,
} from 'quickjs-emscripten-core';
import type { JsonObject, JsonValue } from '../../domain/json.ts';

export type ScriptTask = { source: string; input: JsonObject };
export type ScriptAnswer = { type: 'value'; value: JsonValue } | { type: 'threw'; message: string };

const longestMs = 1_000;
const mostMemoryBytes = 32 * 1024 * 1024;
const mostStackBytes = 256 * 1024;
/** QuickJS and what a script may have: 64 MiB. The limit that QuickJS keeps itself is only looked at now and then. */
const mostPages = 1024;
const longestMessage = 300;

boundMemory();
const quickjs = await newQuickJSWASMModuleFromVariant(import('@jitl/quickjs-wasmfile-release-sync'));
parentPort?.on('message', (task: ScriptTask) => parentPort?.postMessage(run(task)));
parentPort?.postMessage('ready');

/** What grows the memory of the module is refused more, which it takes for memory that is used up. */
function boundMemory(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function bounded(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength / 65_536 + pages > mostPages)
      throw new RangeError('A script asked for too much memory.');
    return grow.call(this, pages);
  };
}

/** An expression, else statements with `return`. */
const formsOf = (source: string): string[] => [`return (${source}\n);`, source].map(wrapped);
const wrapped = (body: string): string => `(({ output, expected, variables, messages, toolCalls }) => { ${body}\n})`;

/** A module that exports its function as default; it can import nothing. */
const isModule = (source: string): boolean => /^\s*export\s+default\b/m.test(source);

function run({ source, input }: ScriptTask): ScriptAnswer {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(mostMemoryBytes);
  runtime.setMaxStackSize(mostStackBytes);
  runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + longestMs));
  const context = runtime.newContext();
  const [expression = '', statements = ''] = formsOf(source);
  const given = context.newString(JSON.stringify(input));
  context.setProp(context.global, '__input', given);
  given.dispose();
  const refused = isModule(source) ? takeModule(context, source) : null;
  const judge = isModule(source) ? '__judge' : isReadable(context, expression) ? expression : statements;
  const answer =
    refused ??
    evaluated(
      context,
      `"use strict"; { const __read = JSON.parse(__input); delete globalThis.__input; const __made = (${judge})(__read); if (__made instanceof Promise) throw new TypeError('it returned a promise, and nothing is waited for'); JSON.stringify(__made); }`,
    );
  context.dispose();
  runtime.dispose();
  return answer;
}

/** Evaluates a module, and gives what comes after it its function as `__judge`; what went wrong, else null. */
function takeModule(context: QuickJSContext, source: string): ScriptAnswer | null {
  const module = context.evalCode(source, 'scorer.js', { type: 'module' });
  if (module.error !== undefined) return thrown(context, module.error);
  const judge = context.getProp(module.value, 'default');
  module.value.dispose();
  const isFunction = context.typeof(judge) === 'function';
  if (isFunction) context.setProp(context.global, '__judge', judge);
  judge.dispose();
  return isFunction
    ? null
    : {
        type: 'threw',
        message: 'The file exports no function as default, or waits for something, which no scorer can.',
      };
}

/** Whether it is JavaScript; nothing of it runs. */
function isReadable(context: QuickJSContext, code: string): boolean {
  const read = context.evalCode(`"use strict"; (() => ${code})`, 'script.js');
  const readable = read.error === undefined;
  (read.error ?? read.value).dispose();
  return readable;
}

function evaluated(context: QuickJSContext, code: string): ScriptAnswer {
  const result = context.evalCode(code, 'script.js');
  if (result.error !== undefined) return thrown(context, result.error);
  const json: unknown = context.dump(result.value);
  result.value.dispose();
  if (typeof json !== 'string')
    return { type: 'threw', message: 'The script returned nothing. Return true, false, a number or an object.' };
  return { type: 'value', value: JSON.parse(json) };
}

function thrown(context: QuickJSContext, error: QuickJSHandle): ScriptAnswer {
  const message = messageOf(context.dump(error));
  error.dispose();
  return { type: 'threw', message };
}

function messageOf(error: unknown): string {
  const { name, message } =
    typeof error === 'object' && error !== null
      ? { name: '', message: '', ...error }
      : { name: '', message: String(error) };
  if (message === 'interrupted') return `The script took longer than ${longestMs / 1000} s.`;
  if (message === 'out of memory') return `The script took more than ${mostMemoryBytes / 1024 / 1024} MB.`;
  return `The script threw ${name === '' ? '' : `${name}: `}${message}`.slice(0, longestMessage);
}
