import * as v from 'valibot';

/** `quick` leaves out profile-guided and link-time optimisation; only the embedded store takes it. */
export const PROFILES = ['quick', 'optimized'] as const;
export type Profile = (typeof PROFILES)[number];
export const profileSchema = v.picklist(PROFILES);
