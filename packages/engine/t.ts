import { readFileSync } from 'node:fs'
import { readDocument } from './program/read.ts'

const t = readFileSync(process.argv[2] as string, 'utf8')
const r = readDocument(t)
console.log(JSON.stringify(r.document, (k, v) => (k === 'tree' ? undefined : v), 1).slice(0, 3000))
console.table(r.reading.findings)
