/** The files of a spec's folder that are checked. */
export const SPEC_FILES = [
  'requirements.md',
  'bugfix.md',
  'design.md',
  'tasks.md',
  '.config.kiro',
  'tasks.meta.json',
] as const;
export type SpecFile = (typeof SPEC_FILES)[number];

/** The files of a spec as text; missing ones left out. */
export type FolderTexts = Readonly<Partial<Record<SpecFile, string>>>;

/** What needs no closer look whether it is a folder: nearly always all that is in a spec. */
export function isOfSpec(name: string): boolean {
  return name.startsWith('.') || (SPEC_FILES as readonly string[]).includes(name);
}

/** In their own order. */
export function filesOf(names: readonly string[]): readonly SpecFile[] {
  return SPEC_FILES.filter((name) => names.includes(name));
}
