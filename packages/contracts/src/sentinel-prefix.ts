/**
 * The prefix that every build configures and nothing is ever installed to. Whatever still names it in an archive
 * was not made to follow the folder that it is extracted to, and a gate finds it.
 */
export const SENTINEL_PREFIX = '/__dtvem_prefix__';
