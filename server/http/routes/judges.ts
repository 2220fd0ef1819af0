import type { Application } from 'express';
import type { ResultId, RunId } from '../../domain/ids.ts';
import {
  judgeItem,
  judgeReport,
  judgeSample,
  labelForJudge,
  type RunJudge,
} from '../../services/evaluate/judge-review.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';

export function bindJudges(app: Application, workbench: Workbench): void {
  handle(app, 'GET /api/runs/:run/judges/:judge/sample', ({ params, query }) =>
    judgeSample(workbench, judgeOf(params), query),
  );
  handle(app, 'GET /api/runs/:run/judges/:judge/items/:result', ({ params }) =>
    judgeItem(workbench, { ...judgeOf(params), result: params.result as ResultId }),
  );
  handle(app, 'POST /api/runs/:run/judges/:judge/labels', async ({ params, body: { result, ...label } }) => {
    await labelForJudge(workbench, { ...judgeOf(params), result: result as ResultId }, label);
    return undefined;
  });
  handle(app, 'GET /api/runs/:run/judges/:judge/report', ({ params }) => judgeReport(workbench, judgeOf(params)));
}

const judgeOf = ({ run, judge }: { run: number; judge: string }): RunJudge => ({ run: run as RunId, judge });
