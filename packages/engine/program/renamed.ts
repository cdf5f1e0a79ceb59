import { canonicalProgram } from './canonical.ts'
import { positionIn } from './position-in.ts'

/** The document as that of another program: nothing but its id is another. Null where `to` is no id, or the text no document. */
export function renamedProgram(text: string, to: string): string | null {
  const before = canonicalProgram(text)
  if (before === null) return null
  const content: { readonly id: string } = JSON.parse(before)
  const { line, column } = positionIn(text, 'id')
  const lineStart =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line === 1 ? 0 : 1)
  const at = text.indexOf(content.id, lineStart + column - 1 + 'id'.length)
  const changed = text.slice(0, at) + to + text.slice(at + content.id.length)
  // An id that breaks out of its place changes something else, or is none.
  return canonicalProgram(changed) === JSON.stringify({ ...content, id: to }) ? changed : null
}
