import { benchEngine } from './engine.ts';
import { benchLocalModel } from './local-model.ts';
import { benchMemory } from './memory.ts';
import { benchRedaction } from './redaction.ts';
import { benchServing } from './serving.ts';
import { benchSimulations } from './simulations.ts';
import { benchImport } from './workbench/import.ts';
import { benchResults } from './workbench/results.ts';
import { benchScroll } from './workbench/scroll.ts';

const benches: Readonly<Record<string, (options: ReadonlySet<string>) => boolean | Promise<boolean>>> = {
  simulations: benchSimulations,
  engine: benchEngine,
  memory: benchMemory,
  results: benchResults,
  scroll: benchScroll,
  import: benchImport,
  serving: benchServing,
  redaction: benchRedaction,
  'local-model': benchLocalModel,
};

/** `engine` knows the first three, `memory` the last. */
const knownOptions = ['--peers', '--all', '--quick', '--million'];

/** Measures what the documentation claims, all of it or what is named; exits with 1 where a budget is missed. */
async function bench(words: readonly string[]): Promise<boolean> {
  const options = new Set(words.filter((word) => word.startsWith('--')));
  const named = words.filter((word) => !options.has(word));
  const unknown = [
    ...named.filter((name) => !Object.hasOwn(benches, name)),
    ...[...options].filter((option) => !knownOptions.includes(option)),
  ][0];
  if (unknown !== undefined) {
    const known = [...Object.keys(benches), ...knownOptions].join(', ');
    throw new Error(`There is no bench or option "${unknown}". There are ${known}.`);
  }
  const withinBudgets: boolean[] = [];
  for (const [name, run] of Object.entries(benches))
    if (named.length === 0 || named.includes(name)) withinBudgets.push(await run(options));
  return withinBudgets.every((within) => within);
}

// What was started ends as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

process.exitCode = (await bench(process.argv.slice(2))) ? 0 : 1;
