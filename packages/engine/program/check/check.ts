import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'

/** What every word of the document being right does not show: whether together they mean something. */
export function checkProgram(_document: DocumentText, _reading: Reading): void {}
