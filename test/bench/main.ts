import { benchEngine } from './engine.ts';
import { benchLocalModel } from './local-model.ts';
import { benchSimulations } from './simulations.ts';
import { benchImport } from './workbench/import.ts';
import { benchResults } from './workbench/results.ts';
import { benchScroll } from './workbench/scroll.ts';

const benches: Readonly<Record<string, () => boolean | Promise<boolean>>> = {
  simulations: benchSimulations,
  engine: benchEngine,
  results: benchResults,
  scroll: benchScroll,
  import: benchImport,
  'local-model': benchLocalModel,
};

/** Measures what the documentation claims, all of it or what is named; exits with 1 where a budget is missed. */
async function bench(named: readonly string[]): Promise<boolean> {
  const unknown = named.find((name) => !Object.hasOwn(benches, name));
  if (unknown !== undefined)
    throw new Error(`There is no bench "${unknown}". There are ${Object.keys(benches).join(', ')}.`);
  const withinBudgets: boolean[] = [];
  for (const [name, run] of Object.entries(benches))
    if (named.length === 0 || named.includes(name)) withinBudgets.push(await run());
  return withinBudgets.every((within) => within);
}

process.exitCode = (await bench(process.argv.slice(2))) ? 0 : 1;
