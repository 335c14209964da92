/**
 * The key that signed the approvals of the sample in `media/sample`, and thrown away after that: it has approved
 * nothing else. `test/support/signSample.ts` makes another when the sample changes.
 */
export const SAMPLE_KEY = 'Zv6OqNL0u7bdY5adAOv5u6I3NfrJAxwt8eNbLNpLDNQ';
