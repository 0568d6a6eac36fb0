/** Numbers of the ELF format (System V ABI and its GNU extensions) that the reader looks for. */
export const FILE_TYPE = { relocatable: 1 } as const;

export const SEGMENT_TYPE = { load: 1, dynamic: 2, gnuStack: 0x6474e551 } as const;

export const SEGMENT_FLAG = { execute: 1, write: 2 } as const;

export const DYNAMIC_TAG = {
  end: 0,
  needed: 1,
  hash: 4,
  stringTable: 5,
  symbolTable: 6,
  rpath: 15,
  textrel: 22,
  runpath: 29,
  flags: 30,
  gnuHash: 0x6ffffef5,
  versionNeeds: 0x6ffffffe,
  versionNeedCount: 0x6fffffff,
} as const;
