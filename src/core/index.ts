/** The core's only door. */
export {};
