import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { runAction } from '@dtvem/action-kit';
import { checkMachine } from '@dtvem/build-kit';
import { ok } from '@dtvem/contracts';
import { buildPython } from './build-python.ts';
import { pythonNeeds } from './machine-needs.ts';
import { planPython } from './plan-python.ts';
import { spec } from './spec.ts';
import { summarizeBuild } from './summarize-build.ts';

runAction(spec, async ({ inputs, place, report, summary, output, signal }) => {
  report({ kind: 'stage', stage: 'build' });
  const { request, profile, jobs = availableParallelism(), 'source-mirrors': mirrors } = inputs;
  const plan = planPython(request, { profile, jobs });
  if (!plan.ok) return plan;
  const work = resolve(place.workspace, inputs.folder);
  const fit = await checkMachine(pythonNeeds(work));
  if (!fit.ok) return fit;
  output('log', join(inputs.folder, 'build.log'));
  const folders = { work, cache: resolve(place.workspace, inputs['cache-folder']) };
  const logFile = join(work, 'build.log');
  const built = await buildPython(plan.value, {
    folders,
    mirrors,
    jobs,
    keepWork: false,
    report,
    signal,
    logFile,
  });
  if (!built.ok) return built;
  const { archive } = built.value.report;
  output('archive', join(inputs.folder, archive.file));
  output('sha256', archive.sha256);
  output('size', String(archive.size));
  summary(summarizeBuild(built.value.report));
  return ok(built.value.report);
});
