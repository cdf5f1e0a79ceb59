import { Problem } from '@laurel/contract'

/** No request of ours nests deeper than ten levels; what does is an attack on whoever walks it. */
const depthMax = 64

/** JSON of a request. Throws a Problem for what is none, nests too deep or names a prototype. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new Problem('malformed-body', { detail: `It nests deeper than ${depthMax} levels.` })
  // A document from a Windows tool may begin with a byte order mark, which JSON does not know.
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new Problem('malformed-body', { detail: `It is no JSON${placeOf(cause)}.`, cause })
  }
}

const quote = 0x22
const backslash = 0x5c
// [ and ] differ from { and } in one bit.
const openings = 0x5b
const closings = 0x5d
const bothKinds = 0xdf

function isTooDeep(text: string): boolean {
  // Nothing can nest deeper than there are brackets, and most requests are short.
  if (text.length <= depthMax) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === quote) index = endOfString(text, index)
    else if ((character & bothKinds) === openings) {
      depth += 1
      if (depth > depthMax) return true
    } else if ((character & bothKinds) === closings) depth -= 1
  }
  return false
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, quoteAt: number): boolean {
  let before = quoteAt
  while (text.charCodeAt(before - 1) === backslash) before -= 1
  return (quoteAt - before) % 2 === 1
}

/** Where it went wrong, without a word of what was sent: bodies hold personal data, and problems are logged. */
function placeOf(error: unknown): string {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined
  return position === undefined ? '' : ` from character ${position} on`
}
