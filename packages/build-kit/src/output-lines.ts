import { StringDecoder } from 'node:string_decoder';

const TAIL_LINES = 40;
const MAX_LINE_LENGTH = 400;

/**
 * Follows what a command prints: counts its lines and keeps the last 40, each at most 400 characters long and without
 * control characters. Memory stays bounded whatever the command prints.
 */
export class OutputLines {
  #count = 0;
  readonly #tail: string[] = [];
  #open = '';
  #begun = false;
  readonly #decoder = new StringDecoder('utf8');

  get count(): number {
    return this.#count;
  }

  add(chunk: Buffer): void {
    const [first = '', ...others] = this.#decoder.write(chunk).split('\n');
    this.#extend(first);
    for (const text of others) {
      this.#close();
      this.#extend(text);
    }
  }

  /** Counts a last line that has no end, and gives the tail, oldest line first. */
  end(): readonly string[] {
    if (this.#begun) this.#close();
    return this.#tail;
  }

  #extend(text: string): void {
    if (text === '') return;
    this.#begun = true;
    this.#open += text.slice(0, MAX_LINE_LENGTH * 2 - this.#open.length);
  }

  #close(): void {
    this.#count += 1;
    this.#tail.push(plain(this.#open));
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    this.#open = '';
    this.#begun = false;
  }
}

/** Terminal colours and control characters mean nothing in a comment, and could do harm on a terminal. */
function plain(line: string): string {
  return line
    .replace(/\p{Cc}\[[0-9;?]*[A-Za-z]/gu, '')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, MAX_LINE_LENGTH);
}
