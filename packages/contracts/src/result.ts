import type { Problem } from './problem.ts';
import type { ReasonCode } from './reason-code.ts';

/** The outcome of a step whose failure is to be expected. Exceptions are left for bugs. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(code: ReasonCode, message: string, next: string, detail?: string): Result<T> {
  return {
    ok: false,
    problem: detail === undefined ? { code, message, next } : { code, message, next, detail },
  };
}
