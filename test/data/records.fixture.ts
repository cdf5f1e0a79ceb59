import { existsSync } from 'node:fs'
import path from 'node:path'

/** Where the records of real shops lie; what is not there is passed over, and said. */
const folder = process.env['LAUREL_TEST_RECORDS'] ?? path.resolve(import.meta.dirname, '../../../shared/data')
export const records = path.join(folder, 'online-retail/online-retail.csv.gz')
export const isAbsent = !existsSync(records)
if (isAbsent) {
  console.warn(`${records} is not there (see LAUREL_TEST_RECORDS in CONTRIBUTING): these tests are passed over.`)
}
