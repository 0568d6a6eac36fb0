/** Aborts `controller` on Ctrl-C, on a polite kill, and when the process that started this one is gone. */
export function abortOnShutdown(controller: AbortController): void {
  const abort = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abort);
  const parent = process.ppid;
  // A parent that was killed with SIGKILL could not tell anybody; nobody would read the answer either.
  setInterval(() => {
    if (process.ppid !== parent) abort();
  }, 500).unref();
}
