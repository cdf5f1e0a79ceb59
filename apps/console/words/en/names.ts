/** Whom a line speaks of. */
export const nameWords = {
  names: {
    colleague: 'a colleague',
    key: (id: string) => `the key ${id}`,
  },
} as const
