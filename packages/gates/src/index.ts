export { type CheckOptions, checkArchive, type GateReport } from './check-archive.ts';
export { gateList } from './gate-list.ts';
