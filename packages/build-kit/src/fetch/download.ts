import { errnoOf } from '../errno.ts';
import { DELIVERED, type Delivery, refuse } from './attempt.ts';
import { causeOf, dropBody, get } from './http-request.ts';
import type { PartialFile } from './partial-file.ts';
import { type Patience, retry, type Step } from './retry.ts';

export type DownloadOptions = {
  readonly plainHttp: boolean;
  /** The exact size in bytes where it is pinned. */
  readonly size: number | undefined;
  readonly patience: Patience;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (received: number) => void;
};

/** Where no size is pinned, more than any source archive that we know (Node.js: under 130 MB). */
const MAX_SIZE = 512 * 2 ** 20;
const WORTH_ANOTHER_TRY = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Downloads an address into a partial file. What broke off is resumed where the server can; time-outs and passing
 * failures are tried again. Rejects when aborted, and with the system's error when the file cannot be written.
 */
export function download(address: string, into: PartialFile, options: DownloadOptions): Promise<Delivery> {
  return new Download(address, into, options).run();
}

class Download {
  readonly #address: string;
  readonly #into: PartialFile;
  readonly #options: DownloadOptions;
  /** Names the bytes that we have a part of, so that a server never appends those of another file. */
  #validator: string | null = null;

  constructor(address: string, into: PartialFile, options: DownloadOptions) {
    this.#address = address;
    this.#into = into;
    this.#options = options;
  }

  run(): Promise<Delivery> {
    return retry(() => this.#attempt(), this.#options);
  }

  async #attempt(): Promise<Step<Delivery>> {
    const idle = new IdleTimer(this.#options.patience.idle, this.#options.signal);
    try {
      const { plainHttp } = this.#options;
      const answer = await get(this.#address, {
        plainHttp,
        headers: this.#rangeHeaders(),
        signal: idle.signal,
      });
      if (answer.kind === 'response') return await this.#read(answer.response, idle);
      this.#options.signal.throwIfAborted();
      return answer.kind === 'refused' ? end(refuse(answer.answer)) : again(idle.explain(answer.answer));
    } finally {
      idle.stop();
    }
  }

  #rangeHeaders(): Record<string, string> {
    if (this.#into.received === 0 || this.#validator === null) return {};
    return { range: `bytes=${this.#into.received}-`, 'if-range': this.#validator };
  }

  async #read(response: Response, idle: IdleTimer): Promise<Step<Delivery>> {
    const refusal = await this.#prepare(response);
    if (refusal !== undefined) {
      await dropBody(response);
      return refusal;
    }
    try {
      for await (const chunk of response.body ?? []) {
        idle.touch();
        await this.#into.append(chunk);
        if (this.#into.received > this.#limit()) return end(refuse(`sent more than ${this.#limit()} bytes`));
        this.#options.onProgress(this.#into.received);
      }
    } catch (error) {
      this.#options.signal.throwIfAborted();
      if (errnoOf(error) === 'ENOSPC') throw error;
      return again(idle.explain(`broke off after ${this.#into.received} bytes (${causeOf(error).text})`));
    }
    return this.#complete();
  }

  /** Makes the partial file ready for the body, or says why the body is not wanted. */
  async #prepare(response: Response): Promise<Step<Delivery> | undefined> {
    const { status, headers } = response;
    if (status === 206 && this.#continues(headers)) return undefined;
    await this.#into.restart();
    if (status === 206 || status === 416) return again('answered with another part of the file');
    if (WORTH_ANOTHER_TRY.has(status)) return again(`answered ${status}`, retryAfter(headers));
    if (status !== 200) return end(refuse(`answered ${status}`));
    const encoding = headers.get('content-encoding') ?? 'identity';
    if (encoding !== 'identity')
      return end(refuse(`sent the file in the encoding ${encoding}, which was not asked for`));
    this.#validator = validatorOf(headers);
    return this.#judgeLength(headers.get('content-length'));
  }

  #continues(headers: Headers): boolean {
    const start = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1];
    return this.#into.received > 0 && Number(start) === this.#into.received;
  }

  #judgeLength(announced: string | null): Step<Delivery> | undefined {
    if (announced === null) return undefined;
    const { size } = this.#options;
    if (size !== undefined && Number(announced) !== size) {
      return end(refuse(`has ${announced} bytes where ${size} are pinned`));
    }
    return Number(announced) > this.#limit()
      ? end(refuse(`has ${announced} bytes, more than any source archive`))
      : undefined;
  }

  #limit(): number {
    return this.#options.size ?? MAX_SIZE;
  }

  #complete(): Step<Delivery> {
    const { size } = this.#options;
    if (size === undefined || this.#into.received === size) return end(DELIVERED);
    return again(`ended after ${this.#into.received} of ${size} bytes`);
  }
}

function end(delivery: Delivery): Step<Delivery> {
  return { again: false, value: delivery };
}

function again(answer: string, after?: number): Step<Delivery> {
  return { again: true, value: refuse(answer), after };
}

/** A weak entity tag does not promise the same bytes. */
function validatorOf(headers: Headers): string | null {
  const etag = headers.get('etag');
  return etag !== null && !etag.startsWith('W/') ? etag : headers.get('last-modified');
}

/** In milliseconds; only the form in seconds, which is what servers send with 429 and 503. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** Aborts a request that stays silent for too long, before its headers or within its body. */
class IdleTimer {
  readonly signal: AbortSignal;
  readonly #milliseconds: number;
  readonly #silence = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(milliseconds: number, outer: AbortSignal) {
    this.#milliseconds = milliseconds;
    this.signal = AbortSignal.any([outer, this.#silence.signal]);
    this.#timer = setTimeout(() => this.#silence.abort(), milliseconds);
  }

  touch(): void {
    this.#timer.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  explain(answer: string): string {
    return this.#silence.signal.aborted ? `sent nothing for ${this.#milliseconds / 1000} seconds` : answer;
  }
}
