/** What scrolls sideways must be within reach of the keys, and say what it is. */
export const reachable = (label: string) => ({ role: 'group', 'aria-label': label, tabIndex: 0 }) as const
