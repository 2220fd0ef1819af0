import { benchEngine } from './engine.ts';
import { benchLocalModel } from './local-model.ts';
import { benchResults } from './workbench/results.ts';

/** Measures what the documentation claims; exits with 1 where a budget is missed. */
const withinBudgets = [await benchEngine(), await benchResults(), await benchLocalModel()];
process.exitCode = withinBudgets.every((within) => within) ? 0 : 1;
