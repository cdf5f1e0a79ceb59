import { compileAccepted, type Program } from '@laurel/engine'

/** A document that was accepted before it was written down. */
export function compiled(document: string): Program {
  const { program } = compileAccepted(document, { version: 1, hash: '' })
  if (program === null) throw new Error('invariant: a document was accepted before it came here')
  return program
}
