import { refuse, type SourceOrigin } from './attempt.ts';
import { type AptOptions, openPrivateApt } from './private-apt.ts';

/**
 * Debian's archive of source packages, reached as this machine's own apt reaches it: through its mirrors, keyrings
 * and proxies. Only the file's own sha256 counts: revisions move, and packaging files vanish before a source does.
 */
export function debianArchive(options: AptOptions): SourceOrigin {
  return {
    kind: 'debian',
    placeOf: (pin) => (pin.debian === undefined ? undefined : `${pin.debian.suite}/${pin.debian.package}`),
    async deliver(pin, into, onProgress) {
      if (pin.debian === undefined) return refuse('has no such package');
      const apt = await openPrivateApt(pin.debian.suite, options);
      if (apt === undefined)
        return refuse('cannot be asked: this machine has no apt with a mirror of Debian');
      const address = await apt.addressOf(pin.debian.package, pin.sha256);
      if (address === undefined) return refuse(`has no file of the pinned sha256 today${apt.complaint}`);
      return apt.download(address, pin, into, onProgress);
    },
  };
}
