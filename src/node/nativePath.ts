/**
 * The border between the core's paths (absolute, forward slashes, lower-case drive) and the system's.
 * `platform` is a parameter so that the Windows rules are tested everywhere.
 */

/** A path of the core as the system writes it. */
export function toNativePath(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return path;
  const native = path.replace(/\//g, '\\');
  return /^[a-zA-Z]:$/.test(native) ? `${native}\\` : native;
}

/** A path from the system as the core writes it. */
export function fromNativePath(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return path;
  const plain = path.replace(/^\\\\\?\\(?=[a-zA-Z]:)/, '').replace(/\\/g, '/');
  return plain.replace(/^[a-zA-Z]:/, (drive) => drive.toLowerCase());
}
