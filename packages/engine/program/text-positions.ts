/**
 * Where each character of a scalar's value stands in its source: `offsets[i]` for value character i, and one more for its
 * end. Quotes, escapes, the header and the indentation of block scalars and the folding of lines lie in between; characters
 * are matched from left to right, so that a line break folded into a space points at the end of its line.
 */
export function alignText(source: string, value: string): readonly number[] {
  const pieces = piecesOf(source)
  const offsets: number[] = []
  let next = 0
  for (const character of value) {
    // Where value and source differ, what stands between is white space that YAML dropped.
    while (next < pieces.length && !matches(pieces[next], character)) next++
    const piece = pieces[next]
    for (let unit = 0; unit < character.length; unit++) offsets.push(piece?.offset ?? source.length)
    if (piece !== undefined) next++
  }
  const closing = source[0] === '"' || source[0] === "'" ? 1 : 0
  offsets.push(pieces[next]?.offset ?? source.length - closing)
  return offsets
}

interface Piece {
  readonly text: string
  readonly offset: number
}

const matches = (piece: Piece | undefined, character: string): boolean =>
  piece !== undefined && (piece.text === character || (piece.text === '\n' && character === ' '))

function piecesOf(source: string): Piece[] {
  switch (source[0]) {
    case "'":
      return [...source.slice(1, -1).matchAll(/''|./gsu)].map((match) => ({
        text: match[0] === "''" ? "'" : match[0],
        offset: match.index + 1,
      }))
    case '"':
      return [...source.slice(1, -1).matchAll(/\\(?:x..|u....|U.{8}|.)|./gsu)].map((match) => ({
        text: unescaped(match[0]),
        offset: match.index + 1,
      }))
    case '|':
    case '>': {
      const body = source.indexOf('\n') + 1
      return [...source.slice(body).matchAll(/./gsu)].map((match) => ({ text: match[0], offset: match.index + body }))
    }
    default:
      return [...source.matchAll(/./gsu)].map((match) => ({ text: match[0], offset: match.index }))
  }
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0', _: '\u00a0', N: '\u0085' }

function unescaped(piece: string): string {
  if (piece.length < 2 || piece[0] !== '\\') return piece
  const letter = piece[1] ?? ''
  if (letter === 'x' || letter === 'u' || letter === 'U') {
    const code = Number.parseInt(piece.slice(2), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : piece
  }
  return escapes[letter] ?? letter
}
