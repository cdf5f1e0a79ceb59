/** What stands beside every chart and table. */
export const chartWords = {
  charts: {
    figures: (rows: string) => `The figures, ${rows} lines`,
    csv: 'CSV',
    png: 'PNG',
    csvOf: (title: string) => `CSV of: ${title}`,
    pngOf: (title: string) => `PNG of: ${title}`,
  },
} as const
