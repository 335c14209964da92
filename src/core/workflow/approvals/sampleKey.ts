/**
 * The key that signed the approvals of the sample in `media/sample`, and thrown away after that: it has approved
 * nothing else. `test/support/signSample.ts` makes another when the sample changes.
 */
export const SAMPLE_KEY = 'Gu2lYJDCO4qNb-oSQDfJuN8gXWD_hjBvxOEPVa00TnY';
