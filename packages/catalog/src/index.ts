export * from './build-landed.ts';
export * from './check-buildable.ts';
export * from './dependencies.ts';
export * from './release.ts';
export * from './releases.ts';
export * from './runners.ts';
