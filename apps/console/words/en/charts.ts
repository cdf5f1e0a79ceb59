/** What stands beside every chart and table. */
export const chartWords = {
  charts: {
    figures: (rows: string) => `The figures, ${rows} lines`,
    more: (rows: string) => `Show ${rows} more`,
    csv: 'CSV',
    png: 'PNG',
    csvOf: (title: string) => `CSV of: ${title}`,
    pngOf: (title: string) => `PNG of: ${title}`,
  },
} as const
