/** Texts of the project in a request: each between tags that it cannot end itself. */

export interface Document {
  readonly name: string;
  readonly text: string;
  /** Headings of what was left out of it; undefined or empty where it is whole. */
  readonly leftOut?: readonly string[];
}

export function documentMaterial({ name, text, leftOut = [] }: Document): string {
  const rest =
    leftOut.length === 0 ? '' : `\n[left out, since it is about something else: ${leftOut.join('; ')}]`;
  return tagged('document', `${text.trimEnd()}${rest}`, name);
}

export function tagged(tag: string, text: string, name?: string): string {
  const label = name === undefined ? '' : ` name="${attribute(name)}"`;
  // A text that spells the end of its mark must not speak outside of it.
  const inside = text.replace(new RegExp(`<(\\s*/\\s*${tag})`, 'gi'), '< $1');
  return `<${tag}${label}>\n${inside}\n</${tag}>`;
}

/** A name as a tag can carry it. */
export function attribute(name: string): string {
  return name.replace(/["<>\r\n]/g, '_');
}

export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
