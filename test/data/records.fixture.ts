import { existsSync } from 'node:fs'
import path from 'node:path'

/** Where the records of real shops lie. Unset, its name stands in its place: nothing is there, and what is said of that says why. */
const folder = process.env['LAUREL_TEST_RECORDS'] ?? 'LAUREL_TEST_RECORDS'
export const records = path.join(folder, 'online-retail/online-retail.csv.gz')
export const isAbsent = sayIfAbsent(records)

/** The CDNOW customers of Fader & Hardie: all of them, and the tenth that papers are written about. */
export const cdnow = {
  all: path.join(folder, 'cdnow/CDNOW_master.txt.gz'),
  sample: path.join(folder, 'cdnow/CDNOW_sample.txt'),
}
export const cdnowIsAbsent = sayIfAbsent(cdnow.all)

function sayIfAbsent(file: string): boolean {
  if (existsSync(file)) return false
  console.warn(`${file} is not there (see CONTRIBUTING): these tests are passed over.`)
  return true
}
