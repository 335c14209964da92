/** What an agent's `resources` bring, as advice: files as they are, skills by their description. */
import type { Ports } from '../../ports';
import { paragraphs } from '../../workflow/prompts/material';
import type { Permissions } from '../permissions';
import type { Surround } from '../surroundings/model';
import { readResources } from './resources';

export function profileAround({ files }: Pick<Ports, 'files'>, permissions: Permissions): Surround {
  return async ({ session, profile, root, place }) => {
    if (!profile || profile.resources.length === 0) return {};
    const reading = permissions.gate(root, false, place, profile.rules).reading(files);
    const { parts, left } = await readResources({ files, reading }, place, profile.resources);
    // What is not there is said at the agent's file alone: an agent for many workspaces names what some have.
    const why = left.flatMap((each) => (each.isAbsent ? [] : [each.why]));
    const text = `Not all that “${profile.name}” is to read is told to it. ${why.join(' ')}`;
    const isSaid = session.state.items.some((item) => item.type === 'note' && item.text === text);
    if (why.length > 0 && !isSaid) session.append({ type: 'note', level: 'warning', text });
    return parts.length === 0 ? {} : { advice: [paragraphs('# Resources of the agent', ...parts)] };
  };
}
