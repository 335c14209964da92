/** `load_guidance`: a document or a skill that the model chose by its description. It is read; nothing of it is run. */
import * as z from 'zod';
import { walkFiles } from '../agent/places/walkFiles';
import { defineTool, reading, type Tool, ToolRefusal } from '../agent/tool';
import { climbs, dirname, joinPath, relativePath } from '../util/path';
import { attribute, tagged } from '../workflow/prompts/material';
import { type Telling, tell } from './alwaysPrompt';
import { named } from './findGuidance';
import type { Guidance } from './model';

export const LOAD_GUIDANCE = 'load_guidance';

const MOST_FILES = 100;
const LARGEST = 200_000;

/** @param offered Those that may be loaded */
export function loadGuidance(offered: readonly Guidance[], telling: Telling): Tool {
  return defineTool({
    name: LOAD_GUIDANCE,
    description: 'Loads guidance or a skill from the list, or a file of a skill’s folder.',
    reads: true,
    input: z.object({
      name: z.string().min(1),
      file: z.string().min(1).optional().describe('Of a skill, as its text names it'),
    }),
    async prepare({ name, file }) {
      const guidance = named(offered, name);
      if (!guidance) throw new ToolRefusal(`There is no guidance ${name}. Load what the list names.`);
      return reading(() => (file === undefined ? whole(guidance, telling) : fileOf(guidance, file, telling)));
    },
  });
}

async function whole(guidance: Guidance, telling: Telling): Promise<string> {
  const { text } = await tell(guidance, telling);
  const files = guidance.kind === 'skill' ? await filesOf(guidance, telling) : [];
  const more =
    files.length === 0
      ? ''
      : `\n\n[Files of this skill in ${attribute(dirname(guidance.label))}; load one when its text asks for it: ${files.join(', ')}]`;
  return tagged('steering', text === '' ? '[it is empty]' : text, guidance.label) + more;
}

/** As many as are worth a line; links are not followed. */
async function filesOf({ path }: Guidance, { files }: Telling): Promise<readonly string[]> {
  const { paths } = await walkFiles(files, dirname(path), MOST_FILES);
  return paths.filter((each) => each !== 'SKILL.md');
}

async function fileOf(guidance: Guidance, file: string, { files }: Telling): Promise<string> {
  if (guidance.kind !== 'skill') throw new ToolRefusal(`${guidance.name} is one document, without files.`);
  const base = dirname(guidance.path);
  if (climbs(file) || file.startsWith('/')) throw new ToolRefusal(`${file} is outside the skill’s folder.`);
  const [real, place] = await Promise.all([files.realPath(joinPath(base, file)), files.realPath(base)]);
  if (!relativePath(place, real)) throw new ToolRefusal(`${file} is outside the skill’s folder.`);
  const stat = await files.stat(real);
  if (stat?.kind !== 'file') throw new ToolRefusal(`The skill has no file ${file}.`);
  const text = stat.size > LARGEST ? undefined : await files.readText(real);
  if (text === undefined || text.includes('\0'))
    throw new ToolRefusal(`${file} is too large or no text. It lies in ${dirname(guidance.label)}.`);
  return tagged('file', text.trimEnd(), `${dirname(guidance.label)}/${file}`);
}
