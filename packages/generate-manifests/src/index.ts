export { generateManifest, type ManifestPorts } from './generate-manifest.ts';
export { generateManifests } from './generate-manifests.ts';
export { manifestKey, readManifest, type StoredManifest } from './read-manifest.ts';
