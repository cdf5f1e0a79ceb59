interface Place {
  readonly line: number
  readonly column: number
}

/** Lines of a text with their numbers, and a caret under the place; only the line of the place where no others are named. */
export function excerpt(text: string, { line, column }: Place, others: readonly number[] = []): string[] {
  const lines = text.split('\n')
  const shown = [...new Set([...others, line])].sort((a, b) => a - b)
  const width = String(shown.at(-1) ?? line).length
  return shown.flatMap((number, index) => {
    const content = (lines[number - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' ')
    // A long line is cut around the place.
    const from = number === line && column > LINE_LENGTH_MAX ? column - LINE_LENGTH_MAX / 2 : 0
    const cut = `${from > 0 ? '…' : ''}${content.slice(from, from + LINE_LENGTH_MAX)}${content.length > from + LINE_LENGTH_MAX ? '…' : ''}`
    const before = shown[index - 1]
    const gap = before !== undefined && before + 1 < number ? [`${' '.repeat(width)} …`] : []
    const numbered = `${String(number).padStart(width)} | ${cut}`.trimEnd()
    if (number !== line) return [...gap, numbered]
    const indent = ' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))
    return [...gap, numbered, `${' '.repeat(width)} | ${indent}^`]
  })
}

const LINE_LENGTH_MAX = 160 // what most windows show in two rows
