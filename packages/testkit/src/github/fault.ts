import type { Answer } from './operations.ts';

/** A failure on demand: the next calls of an operation get this answer. */
export type Fault = {
  /** An operation of GitHub's description, such as `issues/create-comment`. */
  readonly on: string;
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How many calls fail; 1 unless told. */
  readonly times?: number;
  /** The work is done all the same: only its answer is lost. */
  readonly afterwards?: boolean;
  /** The connection ends in the middle of the answer. */
  readonly cut?: boolean;
};

export type Faults = {
  add(fault: Fault): void;
  /** The fault that a call of this operation shall meet, if any. */
  take(operation: string): Fault | undefined;
};

export function faultQueue(): Faults {
  const queue: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => void queue.push({ fault, left: fault.times ?? 1 }),
    take(operation) {
      const entry = queue.find(({ fault, left }) => fault.on === operation && left > 0);
      if (entry !== undefined) entry.left -= 1;
      return entry?.fault;
    },
  };
}

export function faultAnswer({ status, message = 'Fault on demand', headers = {} }: Fault): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' }, headers };
}
