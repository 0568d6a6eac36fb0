export { type PublishOrder, publishArchive } from './publish-archive.ts';
export type { PublishPorts } from './publish-ports.ts';
