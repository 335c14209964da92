/** Pictures that are pasted or dropped. */
import type { Picture } from '../../../core/agent/turn/images';

/** Bytes; what the service takes, as base64, is a third more. */
const LARGEST = 3_700_000;
const MOST = 8;
const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

export interface Pasted {
  readonly pictures: readonly Picture[];
  /** Why some were left out. */
  readonly problem: string | undefined;
}

/** Undefined when there is no file among what was pasted: it is text then. */
export function filesOf(data: DataTransfer | null): readonly File[] | undefined {
  const files = [...(data?.files ?? [])];
  return files.length === 0 ? undefined : files;
}

/** @param held How many there are already. */
export async function readPictures(files: readonly File[], held: number): Promise<Pasted> {
  const pictures: Picture[] = [];
  let problem: string | undefined;
  for (const file of files) {
    const why = refusal(file, held + pictures.length);
    if (why === undefined)
      pictures.push({
        name: nameOf(file, held + pictures.length),
        mediaType: file.type,
        data: await base64(file),
      });
    else problem = why;
  }
  return { pictures, problem };
}

function refusal({ type, size, name }: File, count: number): string | undefined {
  if (!TYPES.has(type)) return `“${name}” is not a PNG, JPEG, GIF or WebP picture. Mention files with #file.`;
  if (size > LARGEST) return `“${name}” is too large: a picture may have 3.7 MB. Make it smaller.`;
  return count >= MOST ? `A message takes ${MOST} pictures.` : undefined;
}

/** What is pasted is called `image.png` by every browser. */
function nameOf({ name, type }: File, index: number): string {
  return name === '' || name === 'image.png' ? `picture-${index + 1}.${type.slice('image/'.length)}` : name;
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
