/** Powers as what stands around a session: a word of the person brings the text of the one that it is about, once. */
import type { Surround } from '../agent/surroundings/model';
import type { FileSystem } from '../ports';
import { joinPath } from '../util/path';
import type { Powers } from './powers';
import type { Power } from './readPower';

const MOST = 60_000;

export function powersAround(powers: Pick<Powers, 'list'>, files: FileSystem): Surround {
  return async ({ root, session, profile }) => {
    if (profile && !profile.includePowers) return {};
    const all = (await powers.list(root)).filter(({ keywords }) => keywords.length > 0);
    if (all.length === 0) return {};
    const wasSaid = (mention: string) =>
      session.state.items.some(
        (item) =>
          item.type === 'user' && item.attachments?.some((each) => 'label' in each && each.label === mention),
      );
    return {
      events: [
        {
          async said(text) {
            const woken = all.filter((power) => isAbout(power, text) && !wasSaid(mentionOf(power)));
            return Promise.all(
              woken.map(async (power) => ({
                type: 'text' as const,
                mention: mentionOf(power),
                text: await textOf(power, files),
              })),
            );
          },
        },
      ],
    };
  };
}

const mentionOf = ({ name }: Power) => `power:${name}`;

/** A keyword as a word of its own, whatever its case. */
export function isAbout({ keywords }: Pick<Power, 'keywords'>, text: string): boolean {
  const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return keywords.some((keyword) => {
    const plain = keyword
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    return plain !== '' && words.includes(` ${plain} `);
  });
}

async function textOf({ body, steering, folder }: Power, files: FileSystem): Promise<string> {
  const parts = [body];
  for (const path of steering) {
    const text = (await files.readText(joinPath(folder, path)).catch(() => undefined)) ?? '';
    if (parts.join('').length + text.length <= MOST) parts.push(`## ${path}\n\n${text.trim()}`);
    else parts.push(`[${path} is left out for its size]`);
  }
  return parts.filter(Boolean).join('\n\n').slice(0, MOST);
}
