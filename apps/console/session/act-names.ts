import { useState } from 'react'
import { newActName } from './client.ts'

/**
 * A name for each thing that a form asks for: sent again after a lost answer it is the same act, and with anything in it otherwise
 * another one, which the server would refuse under the name of the first.
 */
export function useActNames(): (asked: unknown) => string {
  const [names] = useState(() => new Map<string, string>())
  return (asked) => {
    const text = JSON.stringify(asked)
    const name = names.get(text) ?? newActName()
    names.set(text, name)
    return name
  }
}
