export type Duration = { readonly stage: string; readonly seconds: number };

/** Measures how long named parts of a build take. */
export class Stopwatch {
  readonly #durations: Duration[] = [];

  get durations(): readonly Duration[] {
    return this.#durations;
  }

  async time<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      this.#durations.push({ stage, seconds });
    }
  }
}
