/** The model that is used until the person chooses another. */
export const DEFAULT_MODEL = 'claude-sonnet-5-5';
