/** How many copies of a workspace a run may have at once: a large repository is not copied again and again. Pure. */

export interface CopySize {
  readonly files: number;
  readonly bytes: number;
}

/** Of all copies of one run together. */
export const MOST_COPIED: CopySize = { files: 200_000, bytes: 8_000_000_000 };

/** @returns how many fit, and what a person should know where that is fewer than they want */
export function copiesWithin(
  size: CopySize,
  most = MOST_COPIED,
): { readonly most: number; readonly why: string } {
  const byFiles = Math.floor(most.files / Math.max(1, size.files));
  const byBytes = Math.floor(most.bytes / Math.max(1, size.bytes));
  const why =
    byFiles <= byBytes
      ? sentence('has', `${figure(size.files)} files`, 'have', figure(most.files))
      : sentence('takes', gigabytes(size.bytes), 'take', gigabytes(most.bytes));
  return { most: Math.min(byFiles, byBytes), why };
}

function sentence(has: string, size: string, have: string, most: string): string {
  return `A copy of this workspace ${has} ${size}, and all copies of a run together may ${have} ${most}.`;
}

/** `100,000`. */
function figure(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 100_000_000) / 10} GB`;
}
