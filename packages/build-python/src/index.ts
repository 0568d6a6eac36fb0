export { type BuildOptions, type BuiltArchive, buildPython } from './build-python.ts';
export { pythonNeeds } from './machine-needs.ts';
export { type BuildPlan, type PlanOptions, planPython } from './plan-python.ts';
