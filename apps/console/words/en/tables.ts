/** What every table says. */
export const tableWords = {
  tables: {
    pages: 'Pages of the table',
    csv: 'CSV',
    csvStop: (count: string) => `${count} so far. Stop`,
    csvFailed: 'The file could not be made. Try again.',
    views: 'Views',
    keep: (view: string) => `Keep ${view} as a view`,
    keepNothing: 'Look for something to keep it as a view',
    forget: (view: string) => `Forget the view ${view}`,
    copy: 'Copy',
    copied: 'Copied',
  },
} as const
