import { words } from './words.ts'

/** Words that are loaded with their room, in the language of all others. */
export const inLanguage = <Table>(tables: { readonly en: Table } & Readonly<Record<string, Table>>): Table =>
  tables[words.language] ?? tables.en
