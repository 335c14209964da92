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
