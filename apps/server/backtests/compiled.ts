import { compileProgram, type Program } from '@laurel/engine'

/** A document that was compiled without errors before it was written down. */
export function compiled(document: string): Program {
  const { program } = compileProgram(document, { version: 1, hash: '' })
  if (program === null) throw new Error('invariant: a document was compiled before it came here')
  return program
}
