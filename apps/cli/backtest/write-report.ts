import { accessSync, constants, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BacktestReport } from '@laurel/contract'
import type { Language } from '@laurel/engine'
import { csvOfTable } from '../csv-table.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { openPictures } from './chart-picture.ts'
import { csvTables } from './csv-tables.ts'

/** Where a report is written beside the terminal. */
export interface Destinations {
  /** One CSV for each table. */
  readonly csv?: string
  /** A page: a file that ends in .html, or a folder that gets the pictures, too. */
  readonly report?: string
  readonly language: Language
}

const isFile = (place: string): boolean => /\.html?$/.test(place)

/** Before anything is worked out: whoever waits is not told in the end that there is no room for it. Nothing is made yet. */
export function checkDestinations({ csv, report }: Destinations): void {
  for (const place of [csv, report]) {
    if (place === undefined) continue
    // A page may replace the one before; all else that is made stands in a folder.
    let there = place === report && isFile(place) && !isFolder(place) ? path.dirname(place) : place
    while (!existsSync(there)) there = path.dirname(there)
    if (isFolder(there) && isWritable(there)) continue
    throw new CommandFailure(exitCodes.usage, `nothing can be written there: ${there} is no folder that may be`, {
      place,
      remedy: 'name another place',
    })
  }
}

const isFolder = (place: string): boolean => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** What was written, in the order in which it was. */
export async function writeReport(
  document: BacktestReport,
  { csv, report, language }: Destinations,
  note: (text: string) => void,
): Promise<string[]> {
  const written: string[] = []
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
    written.push(file)
  }
  if (csv !== undefined) {
    for (const table of csvTables(document)) write(path.join(csv, `${table.name}.csv`), csvOfTable(table))
  }
  if (report === undefined) return written
  const { backtestPageAsFile, backtestPictures } = await import('@laurel/server')
  const page = backtestPageAsFile(document, language)
  if (isFile(report)) {
    write(report, page)
    return written
  }
  write(path.join(report, 'report.html'), page)
  const draw = openPictures()
  if (draw === null) note('no pictures: this platform has no renderer; the page holds every chart')
  else {
    for (const { name, svg } of backtestPictures(document, language)) {
      write(path.join(report, `${name}.png`), draw(svg))
    }
  }
  return written
}
