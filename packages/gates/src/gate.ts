import type { BuildRequest, GateResult } from '@dtvem/contracts';
import type { Member } from './archive/member.ts';
import type { CommandOutcome } from './command.ts';
import type { ElfInTree } from './elf/elf-in-tree.ts';
import type { TreeFile } from './tree-file.ts';

/** What a gate found. `evidence` says what was looked at or run, and what it answered; it is bounded later. */
export type Judgement = Pick<GateResult, 'outcome' | 'evidence'>;

/** One property that an archive must have, and the check that can find it missing. */
export type Gate = {
  readonly id: string;
  readonly title: string;
  /** A throw counts as failed, with the error as evidence. */
  check(context: GateContext): Promise<Judgement>;
};

/** What a gate may look at and do: the archive as it is packed, and what the client makes of it. */
export type GateContext = {
  readonly request: BuildRequest;
  /** Every member in the archive's own order, those that the client drops too. */
  readonly members: readonly Member[];
  /** Absolute path of the extracted top folder; it holds a space and letters beyond ASCII. */
  readonly tree: string;
  /** Everything below `tree` as it was before anything of it ran. */
  readonly files: readonly TreeFile[];
  elfFiles(): Promise<readonly ElfInTree[]>;
  /** Texts that no file may hold: the sentinel prefix and the folders that built the archive. */
  readonly buildPaths: readonly string[];
  /** The newest glibc that the archive may need (`2.17`); absent where the target sets none. */
  readonly glibcMaximum?: string;
  /** Runs a command as an ordinary user in an environment made from nothing. */
  run(command: GateCommand): Promise<CommandOutcome>;
  /** A new empty folder that the ordinary user owns, outside the tree. */
  freshFolder(): Promise<string>;
};

export type GateCommand = {
  readonly argv: readonly [string, ...string[]];
  /** Default: a new empty folder. */
  readonly cwd?: string;
  /** Added to PATH=/usr/bin:/bin, HOME, LANG, TZ. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: 60. */
  readonly seconds?: number;
};
