import { simulateAlerts } from './simulations/alerts.ts';
import { simulateCorrectedRate } from './simulations/corrected-rate.ts';
import { simulateEarlyStopping } from './simulations/early-stopping.ts';
import { simulateHoldout } from './simulations/holdout.ts';
import { simulateHolm } from './simulations/holm.ts';
import { simulateJudgeAgreement } from './simulations/judge-agreement.ts';
import { simulatePaired } from './simulations/paired.ts';
import { simulatePromise } from './simulations/promise.ts';
import { simulateRepeats } from './simulations/repeats.ts';
import { simulateWilson } from './simulations/wilson.ts';

/** What is claimed of the statistics, held against seeded simulations of the code that the workbench runs. */
export function benchSimulations(): boolean {
  const withinBudgets = [
    simulateWilson(),
    simulatePaired(),
    simulateHolm(),
    simulateEarlyStopping(),
    simulateCorrectedRate(),
    simulateHoldout(),
    simulateJudgeAgreement(),
    simulateRepeats(),
    simulateAlerts(),
    simulatePromise(),
  ];
  return withinBudgets.every((within) => within);
}
