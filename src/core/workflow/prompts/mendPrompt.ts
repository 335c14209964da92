/** What a model is told about a document of its own that has faults of form. */
export function mendPrompt(faults: readonly string[]): string {
  return `A checker read your document and found this:

${faults.map((fault) => `- ${fault}`).join('\n')}

Correct that and nothing else. Answer in the same form as before, whole.`;
}
