/** Bytes of a text that is read whole, of a spec or beside it; those of people have a tenth of it at the most. */
export const MOST_BYTES = 5_000_000;
